package io.freshet.model.pretrain;

import io.freshet.model.torch.Seeds;

/** A stream of pseudo-random numbers that a seed fixes: splitmix64, so that it is the same on every platform. */
final class Numbers {

    private final long seed;
    private long drawn;

    Numbers(long seed) {
        this.seed = seed;
    }

    /** Returns a number in [0, bound); the bias is below bound / 2^32. */
    int below(int bound) {
        return (int) (((Seeds.mix(seed, drawn++) >>> 32) * bound) >>> 32);
    }

    /** Returns a number in [0, 1). */
    double unit() {
        return (Seeds.mix(seed, drawn++) >>> 11) * 0x1p-53;
    }

    /** Shuffles; Fisher and Yates. */
    void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = below(i + 1);
            int kept = values[i];
            values[i] = values[j];
            values[j] = kept;
        }
    }
}
