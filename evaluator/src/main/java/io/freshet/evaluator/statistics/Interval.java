package io.freshet.evaluator.statistics;

/**
 * An interval of differences, positive where the candidate is better.
 *
 * @param low lower end, finite
 * @param high upper end, finite, at least low
 */
public record Interval(double low, double high) {
    public Interval {
        if (!(low >= -Double.MAX_VALUE && low <= high && high <= Double.MAX_VALUE)) { // written so that NaN fails too
            throw new IllegalArgumentException("[%s, %s] is not an interval of finite numbers".formatted(low, high));
        }
    }

    /** Returns the interval in another unit, one of this unit being {@code factor} of it; at least 0. */
    public Interval times(double factor) {
        return new Interval(low * factor, high * factor);
    }
}
