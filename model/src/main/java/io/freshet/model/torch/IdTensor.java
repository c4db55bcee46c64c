package io.freshet.model.torch;

/** Token ids, places or flags that a program reads; in host memory, row by row. Not copied. */
public final class IdTensor {

    private final long[] shape;
    private final long[] ids;
    private final boolean[] flags;
    private final boolean flag;

    private IdTensor(long[] shape, long[] ids, boolean[] flags, boolean flag) {
        this.shape = shape.clone();
        this.ids = ids;
        this.flags = flags;
        this.flag = flag;
        long size = 1;
        for (long extent : shape) {
            size *= extent;
        }
        if (size != (flag ? flags.length : ids.length)) {
            throw new IllegalArgumentException(
                    "%d elements do not fill a tensor of %d".formatted(flag ? flags.length : ids.length, size));
        }
    }

    /** Returns int64 values of a shape. */
    public static IdTensor of(long[] ids, long... shape) {
        return new IdTensor(shape, ids, new boolean[0], false);
    }

    /** Returns bool values of a shape. */
    public static IdTensor of(boolean[] flags, long... shape) {
        return new IdTensor(shape, new long[0], flags, true);
    }

    long[] shape() {
        return shape;
    }

    boolean isFlag() {
        return flag;
    }

    long[] ids() {
        return ids;
    }

    boolean[] flags() {
        return flags;
    }
}
