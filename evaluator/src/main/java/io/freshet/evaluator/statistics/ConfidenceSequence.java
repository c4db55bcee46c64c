package io.freshet.evaluator.statistics;

/**
 * Empirical-Bernstein confidence sequence for the mean of bounded differences (Waudby-Smith and Ramdas, "Estimating means of
 * bounded random variables by betting", JRSS-B 2024, section 3.2): with probability 1 - alpha its intervals cover the mean at
 * every moment at once. For display, and to end a comparison that cannot succeed; promotions are decided by
 * {@link SequentialMcNemar} and {@link BettingProcess}.
 *
 * <p>Differences d in [-1, 1] are folded as x = (d + 1) / 2. Bets and penalties depend on the past only. Immutable.
 *
 * @param count differences folded
 * @param sum sum of x
 * @param deviations sum of (x_i - mu_i)^2, mu_i the mean of x_1 .. x_i and one pseudo-observation 1/2
 * @param bets sum of the bets lambda_i
 * @param staked sum of lambda_i x_i
 * @param penalty sum of (x_i - mean of the x before)^2 psi(lambda_i), psi(l) = -ln(1 - l) - l
 */
public record ConfidenceSequence(
        long count, double sum, double deviations, double bets, double staked, double penalty) {

    public static final ConfidenceSequence EMPTY = new ConfidenceSequence(0, 0, 0, 0, 0, 0);

    /**
     * Folds one more difference.
     *
     * @param difference by how much the candidate is better, in [-1, 1]
     * @param alpha probability of ever missing the mean for which the bets are tuned, in (0, 1)
     */
    public ConfidenceSequence add(double difference, double alpha) {
        if (!(difference >= -1 && difference <= 1)) { // written so that NaN fails too
            throw new IllegalArgumentException("difference %s is outside [-1, 1]".formatted(difference));
        }
        double x = (difference + 1) / 2.0;
        long t = count + 1;
        double variance = (0.25 + deviations) / t;
        double bet = Math.min(0.5, Math.sqrt(2 * Math.log(2 / alpha) / (variance * t * Math.log1p((double) t))));
        double before = count == 0 ? 0.5 : sum / count;
        double total = sum + x;
        double mean = (0.5 + total) / (t + 1);
        return new ConfidenceSequence(
                t,
                total,
                deviations + square(x - mean),
                bets + bet,
                staked + bet * x,
                penalty + square(x - before) * (-Math.log1p(-bet) - bet));
    }

    /**
     * Returns the interval after what was folded; all of [-1, 1] before anything was. It is valid at any alpha, and tightest at
     * the one for which the bets were tuned.
     *
     * @param alpha probability of ever missing the mean, in (0, 1), half of it on either side
     */
    public Interval interval(double alpha) {
        if (count == 0) {
            return new Interval(-1, 1);
        }
        double width = Math.log(2 / alpha) + penalty;
        double low = Math.max(0, (staked - width) / bets);
        double high = Math.min(1, (staked + width) / bets);
        return new Interval(2 * low - 1, 2 * high - 1);
    }

    private static double square(double x) {
        return x * x;
    }
}
