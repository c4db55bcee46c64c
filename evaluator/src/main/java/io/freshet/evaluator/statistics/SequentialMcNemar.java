package io.freshet.evaluator.statistics;

import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * Sequential McNemar test: evidence that a candidate wins more than half of the examples on which it and the champion
 * disagree.
 *
 * <p>With theta = P(candidate wins | the two disagree), null theta at most 1/2 and a uniform prior on [1/2, 1], c wins and b
 * losses give the e-value
 *
 * <pre>ln E = (n + 1) ln 2 + lnB(c + 1, b + 1) + ln I(1/2; b + 1, c + 1),  n = b + c</pre>
 *
 * a likelihood ratio mixed over the prior. It may be looked at after every example: under the null, the probability that E
 * ever reaches 1/alpha is at most alpha (Ville).
 */
public final class SequentialMcNemar {

    private static final double LN_2 = Math.log(2);
    private static final double TINY = 1e-300;
    private static final double PRECISION = 1e-15;
    private static final int MAX_TERMS = 100_000;

    private SequentialMcNemar() {}

    /**
     * Returns the natural logarithm of the e-value, finite.
     *
     * @param wins examples on which only the candidate was right, at least 0
     * @param losses examples on which only the champion was right, at least 0
     */
    public static double logEvidence(long wins, long losses) {
        if (wins < 0 || losses < 0) {
            throw new IllegalArgumentException("wins %d and losses %d must be at least 0".formatted(wins, losses));
        }
        return losses < wins ? body((double) wins, (double) losses) : tail((double) wins, (double) losses);
    }

    /** Returns the evidence that the candidate is worse: {@link #logEvidence} with the roles exchanged. */
    public static double logEvidenceAgainst(long wins, long losses) {
        return logEvidence(/* wins= */ losses, /* losses= */ wins);
    }

    /** The formula as it stands; the incomplete beta is at least 1/2 here. */
    private static double body(double wins, double losses) {
        return (wins + losses + 1) * LN_2
                + LogBeta.value(wins + 1, losses + 1)
                + Math.log(RegularizedBeta.value(0.5, losses + 1, wins + 1));
    }

    /**
     * The formula where the incomplete beta is the lower tail, which underflows when losses prevail. With its continued
     * fraction F (DLMF 8.17.22) at x = 1/2, {@code I = 2^-(n + 2) / ((b + 1) B(b + 1, c + 1)) F}: powers and beta functions
     * cancel, and ln E = ln F - ln(2 (b + 1)) is left.
     */
    private static double tail(double wins, double losses) {
        return Math.log(fraction(losses + 1, wins + 1)) - Math.log(2 * (losses + 1));
    }

    /** Continued fraction 1 / (1 + d_1 / (1 + d_2 / ...)) for a at least b, by the modified Lentz method. */
    private static double fraction(double a, double b) {
        double value = 1;
        double numerator = 1;
        double denominator = 0;
        for (int i = 1; i < MAX_TERMS; i++) {
            double term = coefficient(i, a, b);
            denominator = 1 / awayFromZero(1 + term * denominator);
            numerator = awayFromZero(1 + term / numerator);
            double change = numerator * denominator;
            value *= change;
            if (Math.abs(change - 1) < PRECISION) {
                return 1 / value;
            }
        }
        throw new IllegalStateException("continued fraction did not settle for a = %s, b = %s".formatted(a, b));
    }

    private static double coefficient(int i, double a, double b) {
        double m = Math.floorDiv(i, 2);
        return i % 2 == 0
                ? 0.5 * m * (b - m) / ((a + 2 * m - 1) * (a + 2 * m))
                : -0.5 * (a + m) * (a + b + m) / ((a + 2 * m) * (a + 2 * m + 1));
    }

    private static double awayFromZero(double x) {
        return Math.abs(x) < TINY ? TINY : x;
    }
}
