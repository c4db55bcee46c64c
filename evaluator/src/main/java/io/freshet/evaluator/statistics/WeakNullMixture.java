package io.freshet.evaluator.statistics;

/**
 * Evidence that a candidate was better on average so far, on a stream that drifts: the gamma-exponential mixture (Howard, Ramdas,
 * McAuliffe, Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence sequences", 2021; Choe and Ramdas, "Comparing
 * sequential forecasters", 2023).
 *
 * <p>Null: the mean of the expectations of d_1 .. d_t, each given its past, is at most delta at every t; the expectations may
 * differ. With x = (d + 1) / 2, S = sum (x - 1/2 - delta/2) and V = sum (x_i - mean of the x before)^2,
 *
 * <pre>C   = rho ln rho - lnGamma(rho) - ln P(rho, rho)
 * lnE = C + lnGamma(V + rho) + ln P(V + rho, S + V + rho) - (V + rho) ln(S + V + rho) + S + V</pre>
 *
 * where P is the regularised lower incomplete gamma function. A candidate so much worse that S + V + rho is not positive has no
 * evidence at all: E = 0. Immutable.
 *
 * @param count differences folded
 * @param sum sum of d
 * @param variation V
 */
public record WeakNullMixture(long count, double sum, double variation) {

    public static final WeakNullMixture EMPTY = new WeakNullMixture(0, 0, 0);

    /**
     * Returns the parameter with which the mixture is tightest at a variation.
     *
     * @param variation V there, above 0; pairs of two classifiers gather about a quarter of their discordance each
     * @param alpha level at which it is tightest, in (0, 1/2)
     */
    public static double rho(double variation, double alpha) {
        if (!(variation > 0 && alpha > 0 && alpha < 0.5)) {
            throw new IllegalArgumentException(
                    "variation %s must be above 0, alpha %s in (0, 1/2)".formatted(variation, alpha));
        }
        double odds = 2 * Math.log(1 / (2 * alpha));
        return variation / (odds + Math.log1p(odds));
    }

    /**
     * Folds one more difference.
     *
     * @param difference by how much the candidate is better, in [-1, 1]
     */
    public WeakNullMixture add(double difference) {
        if (!(difference >= -1 && difference <= 1)) { // written so that NaN fails too
            throw new IllegalArgumentException("difference %s is outside [-1, 1]".formatted(difference));
        }
        double before = count == 0 ? 0 : sum / count;
        double step = (difference - before) / 2;
        return new WeakNullMixture(count + 1, sum + difference, variation + step * step);
    }

    /**
     * Returns ln E; negative infinity where E is 0.
     *
     * @param delta the margin, in (-1, 1), the same at every look
     * @param rho as {@link #rho} gives it, above 0, the same at every look
     */
    public double logEvidence(double delta, double rho) {
        if (!(delta > -1 && delta < 1 && rho > 0)) {
            throw new IllegalArgumentException("margin %s must be in (-1, 1), rho %s above 0".formatted(delta, rho));
        }
        double excess = (sum - delta * count) / 2;
        double size = variation + rho;
        // Clamping here would turn a clearly worse candidate into a promotion.
        return excess + size <= 0 ? Double.NEGATIVE_INFINITY : ScaledGamma.log(size, excess) - ScaledGamma.log(rho, 0);
    }
}
