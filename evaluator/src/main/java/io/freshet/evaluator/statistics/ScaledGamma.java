package io.freshet.evaluator.statistics;

import org.apache.commons.numbers.gamma.LogGamma;

/**
 * The integral that mixtures over exponents come down to, g(a, x) = ln of the integral of t^(a - 1) e^-t over [0, x], plus x - a
 * ln x; with the regularised lower incomplete gamma function P, {@code lnGamma(a) + ln P(a, x) - a ln x + x}. The parts are far
 * larger than the whole for large a, so none of them is computed.
 */
final class ScaledGamma {

    private static final double PRECISION = 1e-17;
    private static final double TINY = 1e-300;
    private static final int MAX_TERMS = 10_000_000;

    /** From here on Stirling's series is exact to 2e-14 with the terms below. */
    private static final double STIRLING = 10;

    private static final double HALF_LN_2_PI = 0.5 * Math.log(2 * Math.PI);

    private ScaledGamma() {}

    /**
     * Returns g(a, a + excess).
     *
     * @param a above 0
     * @param excess x - a, given apart because a sum would round it; above -a
     */
    static double log(double a, double excess) {
        return excess > 1 ? above(a, excess) : series(a, a + excess);
    }

    /** Sum of x^n / (a (a + 1) .. (a + n)), whose terms are all positive (DLMF 8.7.1). */
    private static double series(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < MAX_TERMS; n++) {
            term *= x / (a + n);
            sum += term;
            if (term < PRECISION * sum) {
                return Math.log(sum);
            }
        }
        throw new IllegalStateException("series did not settle for a = %s, x = %s".formatted(a, x));
    }

    /** With the upper function Q = 1 - P, at most about 1/2 here: g = -ln f + ln(1 - Q), Q = f h, h the continued fraction. */
    private static double above(double a, double excess) {
        double logPower = -logGammaPart(a) - a * beyondLinear(excess / a);
        double upper = Math.exp(logPower) * fraction(a, a + excess);
        return -logPower + Math.log1p(-upper);
    }

    /** lnGamma(a) - a ln a + a. */
    private static double logGammaPart(double a) {
        if (a < STIRLING) {
            return LogGamma.value(a) - a * Math.log(a) + a;
        }
        double r = 1 / (a * a);
        double correction = (1 / 12.0
                        - r * (1 / 360.0 - r * (1 / 1260.0 - r * (1 / 1680.0 - r * (1 / 1188.0 - r * 691 / 360360.0)))))
                / a;
        return HALF_LN_2_PI - 0.5 * Math.log(a) + correction;
    }

    /**
     * Returns u - ln(1 + u), exact to rounding near 0 too: with r = u / (2 + u), ln(1 + u) = 2 (r + r^3 / 3 + r^5 / 5 + ..) and u -
     * 2r = u r.
     */
    static double beyondLinear(double u) {
        if (Math.abs(u) > 0.2) {
            return u - Math.log1p(u);
        }
        double r = u / (2 + u);
        double square = r * r;
        double tail = 0;
        for (int odd = 17; odd >= 3; odd -= 2) { // 0.1^18 / 19 is below rounding
            tail = square * tail + 1.0 / odd;
        }
        return u * r - 2 * r * square * tail;
    }

    /** Gamma(a, x) e^x x^-a for x above a + 1, by the modified Lentz method (DLMF 8.9.2, even part). */
    private static double fraction(double a, double x) {
        double base = x + 1 - a;
        double numerator = 1 / TINY;
        double denominator = 1 / base;
        double value = denominator;
        for (int n = 1; n < MAX_TERMS; n++) {
            double term = -n * (n - a);
            base += 2;
            denominator = 1 / awayFromZero(base + term * denominator);
            numerator = awayFromZero(base + term / numerator);
            double change = numerator * denominator;
            value *= change;
            if (Math.abs(change - 1) < 1e-15) {
                return value;
            }
        }
        throw new IllegalStateException("continued fraction did not settle for a = %s, x = %s".formatted(a, x));
    }

    private static double awayFromZero(double x) {
        return Math.abs(x) < TINY ? TINY : x;
    }
}
