package io.freshet.ingest;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the records of {@code examples}, in all, as committed. Each record is counted in one place.
 *
 * @param trained examples sent to {@code examples.train}, corrections apart
 * @param heldOut examples sent to {@code examples.heldout}
 * @param duplicates repeated examples, dropped
 * @param rejected records sent to {@code examples.rejected}, by reason code; codes without any are absent
 * @param waiting examples that wait for their label now
 * @param expired examples whose label did not come in time
 * @param labels what became of the labels that came by themselves; these records are of another topic
 */
public record IngestCounts(
        long trained,
        long heldOut,
        long duplicates,
        SortedMap<String, Long> rejected,
        long waiting,
        long expired,
        LabelCounts labels) {

    public static final IngestCounts NONE = sum(List.of());

    public IngestCounts {
        rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    }

    /** Adds up the counts of all tasks, each a map from name to count. */
    static IngestCounts sum(Iterable<Map<String, Long>> tasks) {
        TreeMap<String, Long> sums = new TreeMap<>();
        tasks.forEach(task -> {
            task.forEach((name, count) -> sums.merge(name, count, Long::sum));
            LabelCounts.recent(task).forEach((name, count) -> sums.merge(name, count, Long::sum));
        });
        return new IngestCounts(
                sums.getOrDefault(Tally.TRAINED, 0L),
                sums.getOrDefault(Tally.HELD_OUT, 0L),
                sums.getOrDefault(Tally.DUPLICATES, 0L),
                behind(Tally.REJECTED_PREFIX, sums),
                sums.getOrDefault(LabelTally.WAITING, 0L),
                sums.getOrDefault(LabelTally.EXPIRED, 0L),
                LabelCounts.of(sums));
    }

    /** Returns the counts whose names begin with {@code prefix}, by what follows it. */
    static SortedMap<String, Long> behind(String prefix, Map<String, Long> sums) {
        TreeMap<String, Long> found = new TreeMap<>();
        sums.forEach((name, count) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), count);
            }
        });
        return found;
    }

    public long rejectedInAll() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Records accounted for: equals the records published once all of them are ingested. */
    public long total() {
        return trained + heldOut + duplicates + rejectedInAll() + waiting + expired;
    }
}
