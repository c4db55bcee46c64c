package io.freshet.evaluator.gate;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

import io.freshet.evaluator.statistics.BettingProcess;
import io.freshet.evaluator.statistics.ConfidenceSequence;

/** Statistics as numbers in the table of counters. */
final class StoredStatistics {

    /** How many a confidence sequence takes. */
    static final int SEQUENCE = 6;

    /** How many a betting process takes. */
    static final int PROCESS = 4;

    private StoredStatistics() {}

    static void write(ConfidenceSequence sequence, long[] to, int at) {
        to[at] = sequence.count();
        to[at + 1] = doubleToRawLongBits(sequence.sum());
        to[at + 2] = doubleToRawLongBits(sequence.deviations());
        to[at + 3] = doubleToRawLongBits(sequence.bets());
        to[at + 4] = doubleToRawLongBits(sequence.staked());
        to[at + 5] = doubleToRawLongBits(sequence.penalty());
    }

    static ConfidenceSequence sequence(long[] from, int at) {
        return new ConfidenceSequence(
                from[at],
                longBitsToDouble(from[at + 1]),
                longBitsToDouble(from[at + 2]),
                longBitsToDouble(from[at + 3]),
                longBitsToDouble(from[at + 4]),
                longBitsToDouble(from[at + 5]));
    }

    static void write(BettingProcess process, long[] to, int at) {
        to[at] = process.count();
        to[at + 1] = doubleToRawLongBits(process.sum());
        to[at + 2] = doubleToRawLongBits(process.deviations());
        to[at + 3] = doubleToRawLongBits(process.logWealth());
    }

    static BettingProcess process(long[] from, int at) {
        return new BettingProcess(
                from[at],
                longBitsToDouble(from[at + 1]),
                longBitsToDouble(from[at + 2]),
                longBitsToDouble(from[at + 3]));
    }
}
