package io.freshet.bench.gate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How many streams promoted, and when.
 *
 * @param share of the streams, in [0, 1]
 * @param standardError of the share, binomial
 * @param medianPairs pairs to the promotion, median of the streams that promoted; null where none did
 * @param quartiles the lower and the upper of the same; empty where none did
 */
public record Share(
        double share, double standardError, @Nullable Double medianPairs, List<Double> quartiles) {

    /**
     * Counts.
     *
     * @param pairs of each stream, {@link Arm#NEVER} where it did not promote; at least one
     */
    static Share of(List<Long> pairs) {
        double[] promoted = pairs.stream()
                .filter(at -> at != Arm.NEVER)
                .mapToDouble(at -> at)
                .sorted()
                .toArray();
        double share = (double) promoted.length / pairs.size();
        double error = Math.sqrt(share * (1 - share) / pairs.size());
        return promoted.length == 0
                ? new Share(share, error, null, List.of())
                : new Share(share, error, quantile(promoted, 2), List.of(quantile(promoted, 1), quantile(promoted, 3)));
    }

    private static double quantile(double[] sorted, int quarter) {
        double at = (sorted.length - 1) * quarter / 4.0;
        int low = (int) Math.floor(at);
        double[] pair = Arrays.copyOfRange(sorted, low, Math.min(low + 2, sorted.length));
        return pair[0] + (at - low) * (pair[pair.length - 1] - pair[0]);
    }

    /** Whether a share that must not exceed a level does so by no more than two standard errors of that level. */
    static boolean within(double share, double level, int streams) {
        return share <= level + 2 * Math.sqrt(level * (1 - level) / streams);
    }

    /** For people. */
    @Override
    public String toString() {
        return medianPairs == null
                ? String.format(Locale.ROOT, "%.3f", share)
                : String.format(
                        Locale.ROOT,
                        "%.3f / %,.0f (%,.0f-%,.0f)",
                        share,
                        medianPairs,
                        quartiles.get(0),
                        quartiles.get(1));
    }
}
