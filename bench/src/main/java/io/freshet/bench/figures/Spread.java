package io.freshet.bench.figures;

import java.util.List;

/**
 * The middle and the ends of a quantity measured in several rounds.
 *
 * @param median of an even number of rounds, the mean of the middle two
 */
public record Spread(double median, double min, double max) {

    public Spread {
        if (!(min <= median && median <= max)) {
            throw new IllegalArgumentException("median %s is not within [%s, %s]".formatted(median, min, max));
        }
    }

    /** Returns the spread of at least one value. */
    public static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a spread needs at least one round");
        }
        double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
