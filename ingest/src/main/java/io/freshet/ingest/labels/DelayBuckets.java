package io.freshet.ingest.labels;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A histogram of delays whose buckets grow by the eighth root of two, so that a quantile is within 5 % of the true one
 * whatever the scale; two histograms add up bucket by bucket.
 */
public final class DelayBuckets {

    private static final double PER_DOUBLING = 8;

    private DelayBuckets() {}

    /** Returns the bucket of a delay, milliseconds: 0 for those below one. */
    public static int of(long millis) {
        return millis < 1 ? 0 : 1 + (int) Math.floor(PER_DOUBLING * Math.log((double) millis) / Math.log(2));
    }

    /** Returns the middle of a bucket, milliseconds. */
    static double middle(int bucket) {
        return bucket == 0 ? 0 : Math.pow(2, (bucket - 0.5) / PER_DOUBLING);
    }

    /** Returns the median of the delays, milliseconds; empty if there are none. */
    public static OptionalDouble median(Map<Integer, Long> counts) {
        SortedMap<Integer, Long> sorted = new TreeMap<>(counts);
        long all = sorted.values().stream().mapToLong(Long::longValue).sum();
        long below = 0;
        for (Map.Entry<Integer, Long> bucket : sorted.entrySet()) {
            below += bucket.getValue();
            if (2 * below >= all && all > 0) {
                return OptionalDouble.of(middle(bucket.getKey()));
            }
        }
        return OptionalDouble.empty();
    }
}
