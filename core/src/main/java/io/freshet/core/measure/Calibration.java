package io.freshet.core.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How far the probabilities of answers can be believed: expected calibration error over bins of equal width (Guo et al.
 * 2017, "On calibration of modern neural networks", section 2) and the Brier score of whole distributions (Brier 1950).
 */
public final class Calibration {

    /** Bins, as in the paper. */
    public static final int BINS = 15;

    private final long[] counts = new long[BINS];
    private final long[] right = new long[BINS];
    private final double[] confidence = new double[BINS];
    private double squares;

    /**
     * What a checkpoint keeps; lists by bin, from the least confident.
     *
     * @param counts of answers
     * @param right of those that were right
     * @param confidence sum of the probabilities of the answers
     * @param squares sum of the Brier scores of all answers
     */
    public record State(List<Long> counts, List<Long> right, List<Double> confidence, double squares) {

        public static final State EMPTY = new State(
                Collections.nCopies(BINS, 0L), Collections.nCopies(BINS, 0L), Collections.nCopies(BINS, 0.0), 0);

        public State {
            counts = List.copyOf(counts);
            right = List.copyOf(right);
            confidence = List.copyOf(confidence);
            if (counts.size() != BINS || right.size() != BINS || confidence.size() != BINS) {
                throw new IllegalArgumentException("a calibration has %d bins".formatted(BINS));
            }
        }
    }

    public Calibration(State state) {
        for (int bin = 0; bin < BINS; bin++) {
            counts[bin] = state.counts.get(bin);
            right[bin] = state.right.get(bin);
            confidence[bin] = state.confidence.get(bin);
        }
        squares = state.squares;
    }

    /**
     * Counts one answer.
     *
     * @param probability of the label that was answered, in [0, 1]
     * @param isRight whether that label is the true one
     * @param brier {@link #brier} of the whole distribution, in [0, 2]
     */
    public void add(double probability, boolean isRight, double brier) {
        if (!(probability >= 0 && probability <= 1 && brier >= 0 && brier <= 2)) {
            throw new IllegalArgumentException(
                    "probability %s is outside [0, 1] or Brier score %s outside [0, 2]".formatted(probability, brier));
        }
        int bin = Math.min(BINS - 1, (int) (probability * BINS));
        counts[bin]++;
        right[bin] += isRight ? 1 : 0;
        confidence[bin] += probability;
        squares += brier;
    }

    /**
     * Returns the Brier score of one distribution, in [0, 2]: the sum of (p - [true])^2 over all labels.
     *
     * @param probabilities one a label
     * @param truth index of the true label; negative where it is none of them, which then has probability 0
     */
    public static double brier(float[] probabilities, int truth) {
        double sum = truth < 0 ? 1 : 0;
        for (int label = 0; label < probabilities.length; label++) {
            double off = probabilities[label] - (label == truth ? 1.0 : 0.0);
            sum += off * off;
        }
        return Math.min(2, sum); // float32 probabilities add up to 1 but for their last bits
    }

    public long count() {
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        return all;
    }

    /** Returns the expected calibration error, in [0, 1]: the mean over answers of |accuracy - confidence| of their bins. */
    public double expectedError() {
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            sum += Math.abs(right[bin] - confidence[bin]);
        }
        long all = count();
        return all == 0 ? 0 : sum / all;
    }

    /** Returns the mean Brier score, in [0, 2]; 0 before the first answer. */
    public double brier() {
        long all = count();
        return all == 0 ? 0 : squares / all;
    }

    public State state() {
        List<Long> countList = new ArrayList<>();
        List<Long> rightList = new ArrayList<>();
        List<Double> confidenceList = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            countList.add(counts[bin]);
            rightList.add(right[bin]);
            confidenceList.add(confidence[bin]);
        }
        return new State(countList, rightList, confidenceList, squares);
    }
}
