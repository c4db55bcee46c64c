package io.freshet.ingest;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the records of {@code examples}, in all, as committed. Each record is counted in one place.
 *
 * @param trained examples sent to {@code examples.train}
 * @param heldOut examples sent to {@code examples.heldout}
 * @param duplicates repeated examples, dropped
 * @param rejected records sent to {@code examples.rejected}, by reason code; codes without any are absent
 */
public record IngestCounts(long trained, long heldOut, long duplicates, SortedMap<String, Long> rejected) {

    public static final IngestCounts NONE = new IngestCounts(0, 0, 0, new TreeMap<>());

    public IngestCounts {
        rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    }

    /** Adds up the counts of all tasks, each a map from name to count. */
    static IngestCounts sum(Iterable<Map<String, Long>> tasks) {
        TreeMap<String, Long> sums = new TreeMap<>();
        tasks.forEach(task -> task.forEach((name, count) -> sums.merge(name, count, Long::sum)));
        TreeMap<String, Long> rejected = new TreeMap<>();
        sums.forEach((name, count) -> {
            if (name.startsWith(Tally.REJECTED_PREFIX)) {
                rejected.put(name.substring(Tally.REJECTED_PREFIX.length()), count);
            }
        });
        return new IngestCounts(
                sums.getOrDefault(Tally.TRAINED, 0L),
                sums.getOrDefault(Tally.HELD_OUT, 0L),
                sums.getOrDefault(Tally.DUPLICATES, 0L),
                rejected);
    }

    public long rejectedInAll() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Records accounted for: equals the records published once all of them are ingested. */
    public long total() {
        return trained + heldOut + duplicates + rejectedInAll();
    }
}
