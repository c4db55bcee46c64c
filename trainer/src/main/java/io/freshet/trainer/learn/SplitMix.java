package io.freshet.trainer.learn;

import io.freshet.model.torch.Seeds;

/**
 * Generator of random numbers whose whole state is one long, so that it can be written to a checkpoint and restored.
 *
 * <p>Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014. Written here and not taken from the
 * JDK because the JDK does not show its generators' state and may change how they bound a number.
 */
public final class SplitMix {

    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    public SplitMix(long state) {
        this.state = state;
    }

    public long state() {
        return state;
    }

    public long next() {
        long number = Seeds.mix(state, 0);
        state += STEP;
        return number;
    }

    /** Returns a number in [0, bound), each equally likely; values of the uneven rest are drawn again. */
    public long below(long bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound %d is below 1".formatted(bound));
        }
        while (true) {
            long bits = next() >>> 1;
            long value = bits % bound;
            if (bits - value + (bound - 1) >= 0) {
                return value;
            }
        }
    }
}
