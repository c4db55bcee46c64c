package io.freshet.evaluator.gate;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

import io.freshet.core.measure.Calibration;
import io.freshet.evaluator.statistics.BettingProcess;
import io.freshet.evaluator.statistics.ConfidenceSequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** Returns a calibration: of each bin its answers, the right ones and the sum of confidences, then the sum of squares. */
    static long[] longs(Calibration calibration) {
        Calibration.State state = calibration.state();
        long[] longs = new long[3 * Calibration.BINS + 1];
        for (int bin = 0; bin < Calibration.BINS; bin++) {
            longs[3 * bin] = state.counts().get(bin);
            longs[3 * bin + 1] = state.right().get(bin);
            longs[3 * bin + 2] = doubleToRawLongBits(state.confidence().get(bin));
        }
        longs[3 * Calibration.BINS] = doubleToRawLongBits(state.squares());
        return longs;
    }

    /** @param longs what {@link #longs} made; null for nothing yet */
    static Calibration calibration(long @Nullable [] longs) {
        if (longs == null) {
            return new Calibration(Calibration.State.EMPTY);
        }
        List<Long> counts = new ArrayList<>();
        List<Long> right = new ArrayList<>();
        List<Double> confidence = new ArrayList<>();
        for (int bin = 0; bin < Calibration.BINS; bin++) {
            counts.add(longs[3 * bin]);
            right.add(longs[3 * bin + 1]);
            confidence.add(longBitsToDouble(longs[3 * bin + 2]));
        }
        return new Calibration(
                new Calibration.State(counts, right, confidence, longBitsToDouble(longs[3 * Calibration.BINS])));
    }
}
