package io.freshet.model.pretrain;

import java.util.Arrays;

/** Token ids one after the other, in memory. */
final class TokenStream {

    private int[] ids = new int[1 << 16];
    private int size;

    void add(int[] source, int from, int to) {
        if (size + to - from > ids.length) {
            ids = Arrays.copyOf(ids, Math.max(ids.length * 2, size + to - from));
        }
        System.arraycopy(source, from, ids, size, to - from);
        size += to - from;
    }

    int size() {
        return size;
    }

    /** Copies {@code length} ids from a place on. */
    void copy(int from, int length, int[] into, int at) {
        if (from + length > size) {
            throw new IndexOutOfBoundsException("%d + %d is beyond %d".formatted(from, length, size));
        }
        System.arraycopy(ids, from, into, at, length);
    }
}
