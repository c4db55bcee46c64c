package io.freshet.cli.backtest;

import io.freshet.core.measure.Calibration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer on one text, and what it is worth.
 *
 * @param label that was answered; null where there was none to give
 * @param probability of that label, in [0, 1]
 * @param brier score of the whole distribution, in [0, 2]
 */
record Reply(@Nullable String label, double probability, double brier) {

    /**
     * Judges a distribution.
     *
     * @param labels in the order of the probabilities
     * @param truth the true label
     */
    static Reply of(List<String> labels, float[] probabilities, String truth) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        double brier = Calibration.brier(probabilities, labels.indexOf(truth));
        return labels.isEmpty()
                ? new Reply(null, 0, brier)
                : new Reply(labels.get(best), Math.min(1, probabilities[best]), brier);
    }
}
