package io.freshet.trainer.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A sequence of numbers in buckets whose sizes are powers of two and never grow from old to new, at most five of each size
 * (Datar, Gionis, Indyk and Motwani, "Maintaining stream statistics over sliding windows", 2002; with sums and variances
 * as Bifet and Gavaldà have it).
 */
final class ExponentialHistogram {

    private static final int OF_EACH_SIZE = 5;

    private final List<Bucket> buckets;

    /**
     * Neighbouring numbers.
     *
     * @param from number of the first observation
     * @param size how many, a power of two
     * @param sum of the values
     * @param deviations sum of the squared deviations from their mean
     */
    record Bucket(
            @JsonProperty("from") long from,
            @JsonProperty("size") long size,
            @JsonProperty("sum") double sum,
            @JsonProperty("deviations") double deviations) {

        Bucket {
            if (size < 1 || !(deviations >= 0)) {
                throw new IllegalArgumentException(
                        "a bucket of size %d with deviations %s".formatted(size, deviations));
            }
        }

        /** Joins this with the bucket that follows (Chan, Golub and LeVeque's update of a variance). */
        Bucket and(Bucket next) {
            double difference = sum / size - next.sum / next.size;
            long all = size + next.size;
            double between = (double) size * next.size / all * difference * difference;
            return new Bucket(from, all, sum + next.sum, deviations + next.deviations + between);
        }

        double variance() {
            return deviations / size;
        }
    }

    /** @param buckets oldest first */
    ExponentialHistogram(List<Bucket> buckets) {
        this.buckets = new ArrayList<>(buckets);
    }

    void add(long at, double value) {
        buckets.add(new Bucket(at, 1, value, 0));
        int newest = buckets.size() - 1;
        while (newest >= OF_EACH_SIZE
                && buckets.get(newest - OF_EACH_SIZE).size()
                        == buckets.get(newest).size()) {
            int oldest = newest - OF_EACH_SIZE;
            buckets.set(oldest, buckets.get(oldest).and(buckets.remove(oldest + 1)));
            newest = oldest;
        }
    }

    /** Returns the buckets, oldest first, as they are at any time: a view. */
    List<Bucket> buckets() {
        return Collections.unmodifiableList(buckets);
    }

    /** Returns all numbers as one bucket; there must be one at least. */
    Bucket whole() {
        long size = 0;
        double sum = 0;
        for (Bucket bucket : buckets) {
            size += bucket.size;
            sum += bucket.sum;
        }
        double mean = sum / size;
        double deviations = 0;
        for (Bucket bucket : buckets) {
            double difference = bucket.sum / bucket.size - mean;
            deviations += bucket.deviations + bucket.size * difference * difference;
        }
        return new Bucket(buckets.get(0).from, size, sum, deviations);
    }

    /** Drops the oldest {@code count} buckets. */
    void drop(int count) {
        buckets.subList(0, count).clear();
    }
}
