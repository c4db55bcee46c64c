package io.freshet.ingest;

import io.freshet.schemas.RejectionReason;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Counts of one task, kept in a store, so that a count and what it counts are committed in the same transaction. */
final class Tally {

    static final String TRAINED = "trained";
    static final String HELD_OUT = "heldOut";
    static final String DUPLICATES = "duplicates";
    static final String REJECTED_PREFIX = "rejected.";
    static final String CORRECTED = "corrections.trained";
    static final String CORRECTED_HELD_OUT = "corrections.heldOut";
    static final String CORRECTED_REJECTED = "corrections.rejected";
    static final String LABEL_REJECTED_PREFIX = "labels.rejected.";

    private final KeyValueStore<String, Long> store;

    Tally(KeyValueStore<String, Long> store) {
        this.store = store;
    }

    /** A store of that name. Its cache lets a count reach the changelog once a commit instead of once an example. */
    static StoreBuilder<KeyValueStore<String, Long>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.Long())
                // Small segments let compaction keep the changelog short.
                .withLoggingEnabled(Map.of("segment.bytes", Integer.toString(1 << 20)))
                .withCachingEnabled();
    }

    void count(String name) {
        add(name, 1);
    }

    void add(String name, long more) {
        store.put(name, get(name) + more);
    }

    long get(String name) {
        Long value = store.get(name);
        return value == null ? 0 : value;
    }

    void countRejected(RejectionReason reason) {
        count(REJECTED_PREFIX + reason.code());
    }

    void countRejectedLabel(RejectionReason reason) {
        count(LABEL_REJECTED_PREFIX + reason.code());
    }
}
