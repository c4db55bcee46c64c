package io.freshet.evaluator.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Hedged-betting confidence sequence for the mean of bounded differences (Waudby-Smith and Ramdas, "Estimating means of bounded
 * random variables by betting", JRSS-B 2024, section 4): no wider than {@link ConfidenceSequence} but for its grid, and dearer. With probability 1 -
 * alpha its intervals cover the mean at every moment at once.
 *
 * <p>Differences d are folded as x = (d + 1) / 2. For each mean m of a fixed grid one gambler bets that the mean is above m, one that
 * it is below, with lambda = sqrt(2 ln(2/alpha) / (s2 t ln(t + 1))) and never more than half of what can be lost:
 *
 * <pre>K+ *= 1 + min(lambda, 1 / (2m)) (x - m)      K- *= 1 - min(lambda, 1 / (2 (1 - m))) (x - m)</pre>
 *
 * m is refuted where either exceeds 2/alpha. K+ falls with m and K- rises, so what is left is an interval; its ends are the nearest
 * refuted points of the grid, which makes it wider by at most one cell a side and never too narrow. Memory is that of the grid.
 * Under drift do not intersect the intervals of successive moments. Not safe for use by several threads.
 */
public final class HedgedConfidenceSequence {

    private final double alpha;
    private final double[] above;
    private final double[] below;
    private long count;
    private double sum;
    private double deviations;

    /**
     * What has to be stored to go on exactly where it stands.
     *
     * @param alpha for which it was opened
     * @param count differences folded
     * @param sum sum of x
     * @param deviations sum of (x_i - mu_i)^2, mu_i the mean of x_1 .. x_i and one pseudo-observation 1/2
     * @param above ln K+ at each point of the grid, from m = 0 to 1
     * @param below ln K-, likewise
     */
    public record State(
            double alpha, long count, double sum, double deviations, List<Double> above, List<Double> below) {
        public State {
            above = List.copyOf(above);
            below = List.copyOf(below);
            if (!(alpha > 0 && alpha < 1)) { // written so that NaN fails too
                throw new IllegalArgumentException("alpha %s is outside (0, 1)".formatted(alpha));
            }
            if (above.size() < 2 || above.size() != below.size()) {
                throw new IllegalArgumentException(
                        "grids of %d and %d points: at least 2, as many".formatted(above.size(), below.size()));
            }
        }
    }

    /**
     * Opens one.
     *
     * @param alpha probability of ever missing the mean, in (0, 1), half of it on either side
     * @param cells into which [-1, 1] is divided, at least 1: 2,000 make one a tenth of a point of accuracy wide
     */
    public HedgedConfidenceSequence(double alpha, int cells) {
        if (!(alpha > 0 && alpha < 1) || cells < 1) {
            throw new IllegalArgumentException(
                    "alpha %s must be in (0, 1), cells %d at least 1".formatted(alpha, cells));
        }
        this.alpha = alpha;
        above = new double[cells + 1];
        below = new double[cells + 1];
    }

    /** Goes on where another one stood. */
    public HedgedConfidenceSequence(State state) {
        alpha = state.alpha();
        count = state.count();
        sum = state.sum();
        deviations = state.deviations();
        above = state.above().stream().mapToDouble(x -> x).toArray();
        below = state.below().stream().mapToDouble(x -> x).toArray();
    }

    /**
     * Folds one more difference.
     *
     * @param difference by how much the candidate is better, in [-1, 1]
     */
    public void add(double difference) {
        if (!(difference >= -1 && difference <= 1)) { // written so that NaN fails too
            throw new IllegalArgumentException("difference %s is outside [-1, 1]".formatted(difference));
        }
        double x = (difference + 1) / 2;
        long t = count + 1;
        double variance = (0.25 + deviations) / t;
        double bet = Math.sqrt(2 * Math.log(2 / alpha) / (variance * t * Math.log1p((double) t)));
        int cells = above.length - 1;
        for (int i = 0; i <= cells; i++) {
            double m = (double) i / cells;
            above[i] += Math.log1p(Math.min(bet, 0.5 / m) * (x - m)); // 0.5 / 0 is infinite, as it should be
            below[i] += Math.log1p(Math.min(bet, 0.5 / (1 - m)) * (m - x));
        }
        count = t;
        sum += x;
        double deviation = x - (0.5 + sum) / (t + 1);
        deviations += deviation * deviation;
    }

    /** Returns the interval after what was folded; all of [-1, 1] before anything was. */
    public Interval interval() {
        double refuted = Math.log(2 / alpha);
        int cells = above.length - 1;
        int low = 0;
        while (low < cells && above[low + 1] >= refuted) {
            low++;
        }
        int high = cells;
        while (high > low && below[high - 1] >= refuted) {
            high--;
        }
        return new Interval(2.0 * low / cells - 1, 2.0 * high / cells - 1);
    }

    /** Returns what has to be stored. */
    public State state() {
        return new State(alpha, count, sum, deviations, list(above), list(below));
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().collect(Collectors.toUnmodifiableList());
    }
}
