package io.freshet.model.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * Extents of a tensor, outermost first; a scalar has none.
 *
 * @param extents each at least 0
 */
public record TensorShape(List<Long> extents) {

    public TensorShape {
        extents = List.copyOf(extents);
        for (long extent : extents) {
            if (extent < 0) {
                throw new IllegalArgumentException("shape %s has a negative extent".formatted(extents));
            }
        }
    }

    public static TensorShape of(long... extents) {
        List<Long> list = new ArrayList<>();
        for (long extent : extents) {
            list.add(extent);
        }
        return new TensorShape(list);
    }

    /**
     * Returns the number of elements.
     *
     * @throws ArithmeticException if it does not fit a long
     */
    public long size() {
        long size = 1;
        for (long extent : extents) {
            size = Math.multiplyExact(size, extent);
        }
        return size;
    }

    public long[] toArray() {
        return extents.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public String toString() {
        return extents.toString();
    }
}
