package io.freshet.cli.backtest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A quantity over seeds.
 *
 * @param mean over the seeds
 * @param sd their standard deviation, n - 1 below the line; 0 for one seed
 */
public record Figure(double mean, double sd) {

    /** Returns the figure of values, or null where there are none. */
    static @Nullable Figure of(List<Double> values) {
        if (values.isEmpty()) {
            return null;
        }
        double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return new Figure(mean, values.size() == 1 ? 0 : Math.sqrt(squares / (values.size() - 1)));
    }
}
