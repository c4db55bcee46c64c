package io.freshet.evaluator.statistics;

/**
 * An interval of accuracy differences, candidate minus champion.
 *
 * @param low lower end, in [-1, 1]
 * @param high upper end, in [low, 1]
 */
public record Interval(double low, double high) {
    public Interval {
        if (!(low >= -1 && low <= high && high <= 1)) {
            throw new IllegalArgumentException("[%s, %s] is not an interval within [-1, 1]".formatted(low, high));
        }
    }
}
