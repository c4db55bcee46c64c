package io.freshet.evaluator.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One offset a partition of the held-out topic; 0 for partitions not heard of yet. Immutable.
 *
 * @param byPartition offsets, not negative, by partition
 */
record Offsets(List<Long> byPartition) {

    static final Offsets NONE = new Offsets(List.of());

    Offsets {
        byPartition = List.copyOf(byPartition);
    }

    long of(int partition) {
        return partition < byPartition.size() ? byPartition.get(partition) : 0;
    }

    int partitions() {
        return byPartition.size();
    }

    Offsets with(int partition, long offset) {
        List<Long> changed = new ArrayList<>(byPartition);
        while (changed.size() <= partition) {
            changed.add(0L);
        }
        changed.set(partition, offset);
        return new Offsets(changed);
    }

    /** Returns these offsets, but for {@code partition} at least {@code offset}. */
    Offsets atLeast(int partition, long offset) {
        return of(partition) >= offset && partition < partitions()
                ? this
                : with(partition, Math.max(offset, of(partition)));
    }

    long[] toLongs() {
        return byPartition.stream().mapToLong(Long::longValue).toArray();
    }

    static Offsets fromLongs(long[] longs, int from) {
        return new Offsets(Arrays.stream(longs, from, longs.length).boxed().toList());
    }
}
