package io.freshet.evaluator.statistics;

import java.util.List;

/** Sums of numbers of which the logarithms are known. */
final class LogSums {

    private LogSums() {}

    /** Returns ln(e^a + e^b); either may be negative infinity. */
    static double add(double a, double b) {
        double most = Math.max(a, b);
        return most == Double.NEGATIVE_INFINITY ? most : most + Math.log1p(Math.exp(Math.min(a, b) - most));
    }

    /** Returns the logarithm of the mean of the numbers with the given logarithms, at least one. */
    static double mean(List<Double> logs) {
        double sum = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            sum = add(sum, log);
        }
        return sum - Math.log(logs.size());
    }
}
