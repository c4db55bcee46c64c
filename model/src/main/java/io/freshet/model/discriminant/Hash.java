package io.freshet.model.discriminant;

import io.freshet.model.torch.Seeds;

/**
 * The hash that places features: 64-bit FNV-1a (Fowler, Noll, Vo) over UTF-16 code units, finished by the mixing function
 * of splitmix64. Without a seed, and part of the format of {@link HeadFile}: it must never change.
 */
final class Hash {

    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Hash() {}

    /** Returns the hash of a kind of feature and up to two strings. */
    static long of(char kind, String first, String second) {
        long hash = add(BASIS, kind);
        for (int i = 0; i < first.length(); i++) {
            hash = add(hash, first.charAt(i));
        }
        hash = add(hash, '\0'); // so that "ab" + "c" is not "a" + "bc"
        for (int i = 0; i < second.length(); i++) {
            hash = add(hash, second.charAt(i));
        }
        return mix(hash, 0);
    }

    /** Returns the {@code number}-th number, from 0, that belongs to a hash. */
    static long mix(long hash, long number) {
        return Seeds.mix(hash, number);
    }

    /** Returns the place below {@code width} that a number names. */
    static int place(long number, int width) {
        return (int) Long.remainderUnsigned(number >>> 1, width);
    }

    /** Returns the sign that a number names. */
    static float sign(long number) {
        return (number & 1) == 0 ? 1 : -1;
    }

    private static long add(long hash, char unit) {
        return ((hash ^ (unit & 0xff)) * PRIME ^ (unit >>> 8)) * PRIME;
    }
}
