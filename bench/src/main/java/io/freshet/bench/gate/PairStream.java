package io.freshet.bench.gate;

import java.util.SplittableRandom;

/**
 * The pairs on which two models disagree, along a stream of pairs. What lies between two of them is jumped over: its length is
 * geometric, as each pair is discordant with the same probability.
 */
final class PairStream {

    private final SplittableRandom random;
    private final double discordance;
    private final Gain gain;
    private final double logConcordance;
    private long position;
    private long skipped;
    private int sign;

    /**
     * @param discordance probability that the two disagree on a pair, in (0, 1)
     */
    PairStream(SplittableRandom random, double discordance, Gain gain) {
        this.random = random;
        this.discordance = discordance;
        this.gain = gain;
        logConcordance = Math.log1p(-discordance);
    }

    /** Goes to the next discordant pair; false where there is none up to the given pair. */
    boolean advance(long length) {
        // 1 - nextDouble() is in (0, 1]
        long gap = (long) Math.floor(Math.log(1 - random.nextDouble()) / logConcordance);
        if (gap >= length - position) {
            skipped = length - position;
            position = length;
            return false;
        }
        skipped = gap;
        position += gap + 1;
        sign = random.nextDouble() < (1 + gain.at(position) / discordance) / 2 ? 1 : -1;
        return true;
    }

    /** The pair that was reached, from 1. */
    long position() {
        return position;
    }

    /** Concordant pairs that were jumped over to reach it. */
    long skipped() {
        return skipped;
    }

    /** 1 where the candidate is right on it, -1 where the champion is. */
    int sign() {
        return sign;
    }
}
