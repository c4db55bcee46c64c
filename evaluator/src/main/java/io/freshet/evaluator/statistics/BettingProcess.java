package io.freshet.evaluator.statistics;

/**
 * Betting e-process: evidence that the mean of bounded differences is above a margin (Waudby-Smith and Ramdas, "Estimating
 * means of bounded random variables by betting", JRSS-B 2024).
 *
 * <p>Under the null {@code E[d_t | past] <= delta} the wealth of a gambler who stakes the share lambda_t on each difference,
 *
 * <pre>K_t = K_{t-1} (1 + lambda_t (d_t - delta)),
 * lambda_t = clip((m - delta) / (s2 + (m - delta)^2), 0, (1/2) / (1 + delta))</pre>
 *
 * has an expectation of at most 1 and reaches 1/alpha with probability at most alpha (Ville), so it may be looked at after every
 * difference. m and s2 are mean and variance of d_1 .. d_{t-1} and of one pseudo-observation, 0 with the squared deviation 1;
 * those are 1/2 and 1/4 on the scale (d + 1) / 2 of {@link ConfidenceSequence}. No factor is below 1/2, so ln K stays finite.
 * Immutable.
 *
 * @param count differences folded
 * @param sum sum of d
 * @param deviations sum of (d_i - m_i)^2, m_i the mean of d_1 .. d_i and the pseudo-observation
 * @param logWealth ln K
 */
public record BettingProcess(long count, double sum, double deviations, double logWealth) {

    public static final BettingProcess EMPTY = new BettingProcess(0, 0, 0, 0);

    /** Where a product of factors is turned into a logarithm: no single factor takes it from here out of range. */
    private static final double FAR = 1e100;

    /**
     * Folds one more difference.
     *
     * @param difference d, in [-1, 1]
     * @param delta the margin, in (-1, 1): 0 asks whether the mean is above zero, a negative one whether it is hardly below; the
     *     same for all of the process
     */
    public BettingProcess add(double difference, double delta) {
        if (!(difference >= -1 && difference <= 1)) { // written so that NaN fails too
            throw new IllegalArgumentException("difference %s is outside [-1, 1]".formatted(difference));
        }
        if (!(delta > -1 && delta < 1)) {
            throw new IllegalArgumentException("margin %s is outside (-1, 1)".formatted(delta));
        }
        double factor = Math.log1p(bet(delta) * (difference - delta));
        double total = sum + difference;
        double deviation = difference - total / (count + 2);
        return new BettingProcess(count + 1, total, deviations + deviation * deviation, logWealth + factor);
    }

    /**
     * Folds the same difference several times: what {@link #add} does as often, to rounding, at a fraction of the cost, because it
     * takes one logarithm of many factors. Pairs on which two models agree come in such runs.
     *
     * @param difference d, in [-1, 1]
     * @param times how often, at least 0
     * @param delta as of {@link #add}
     */
    public BettingProcess addRun(double difference, long times, double delta) {
        if (times < 0) {
            throw new IllegalArgumentException("times %d is below 0".formatted(times));
        }
        return times == 0 ? this : addSome(difference, times, delta);
    }

    private BettingProcess addSome(double difference, long times, double delta) {
        BettingProcess first = add(difference, delta); // checks its arguments
        double total = first.sum;
        double squares = first.deviations;
        double log = first.logWealth;
        double product = 1;
        for (long n = count + 1; n < count + times; n++) {
            product *= 1 + bet(n + 1.0, total, squares, delta) * (difference - delta);
            total += difference;
            double deviation = difference - total / (n + 2);
            squares += deviation * deviation;
            if (!(product > 1 / FAR && product < FAR)) {
                log += Math.log(product);
                product = 1;
            }
        }
        return new BettingProcess(count + times, total, squares, log + Math.log(product));
    }

    /** The share to stake on the next difference; follows from the past alone. */
    private double bet(double delta) {
        return bet(count + 1.0, sum, deviations, delta);
    }

    private static double bet(double weight, double sum, double deviations, double delta) {
        double excess = sum / weight - delta;
        if (excess <= 0) {
            return 0;
        }
        double variance = (1 + deviations) / weight;
        double wanted = excess / (variance + excess * excess);
        return Math.min(wanted, 0.5 / (1 + delta));
    }
}
