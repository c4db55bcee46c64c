package io.freshet.evaluator.gate;

/**
 * Held-out examples that have arrived: where each partition ends, and the newest of them in order of arrival.
 *
 * <p>Offsets of a topic written in transactions have gaps, so examples are counted, not subtracted.
 */
final class Arrivals {

    private static final String ENDS = "arrivals";
    private static final String RECENT = "arrival/";

    private final Table<long[]> counters;
    private final int lookback;

    /** @param lookback how many of the newest are remembered */
    Arrivals(Table<long[]> counters, int lookback) {
        this.counters = counters;
        this.lookback = lookback;
    }

    /** Returns the end of each partition: the newest example's offset and one. */
    Offsets ends() {
        long[] stored = counters.get(ENDS);
        return stored == null ? Offsets.NONE : Offsets.fromLongs(stored, 1);
    }

    /** Notes one more example. Offsets of a partition ascend. */
    void add(int partition, long offset) {
        long[] stored = counters.get(ENDS);
        long index = stored == null ? 0 : stored[0];
        long[] ends = ends().with(partition, offset + 1).toLongs();
        long[] changed = new long[ends.length + 1];
        changed[0] = index + 1;
        System.arraycopy(ends, 0, changed, 1, ends.length);
        counters.put(ENDS, changed);
        counters.put(key(index), new long[] {partition, offset});
        if (index >= lookback) {
            counters.remove(key(index - lookback));
        }
    }

    /**
     * Returns the first offset of each partition that a trial may count: not before {@code decided}, and not before the newest
     * {@code lookback} examples.
     */
    Offsets first(Offsets decided) {
        Offsets first = ends();
        for (String key : counters.keys(RECENT)) {
            long[] arrival = stored(key);
            int partition = (int) arrival[0];
            if (arrival[1] < first.of(partition)) {
                first = first.with(partition, arrival[1]);
            }
        }
        for (int partition = 0; partition < decided.partitions(); partition++) {
            first = first.atLeast(partition, decided.of(partition));
        }
        return first;
    }

    /** Returns how many of the remembered examples are at or behind {@code first}. */
    long countFrom(Offsets first) {
        return counters.keys(RECENT).stream()
                .map(this::stored)
                .filter(arrival -> arrival[1] >= first.of((int) arrival[0]))
                .count();
    }

    private long[] stored(String key) {
        long[] arrival = counters.get(key);
        if (arrival == null) {
            throw new IllegalStateException("arrival %s vanished between two reads".formatted(key));
        }
        return arrival;
    }

    private static String key(long index) {
        return RECENT + "%019d".formatted(index);
    }
}
