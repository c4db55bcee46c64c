package io.freshet.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** What is known of each id, on disk, with an index by the time at which it may be forgotten. */
final class HeldStore {

    static final String IDS = "labels-ids";
    static final String DUE = "labels-due";

    /** Entries taken at once when those that are over are looked for. */
    private static final int BATCH = 1_000;

    private static final byte[] NOTHING = {};

    private final KeyValueStore<String, Held> ids;
    private final KeyValueStore<Bytes, byte[]> due;

    HeldStore(ProcessorContext<?, ?> context) {
        this.ids = context.getStateStore(IDS);
        this.due = context.getStateStore(DUE);
    }

    static StoreBuilder<KeyValueStore<String, Held>> ids() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(IDS), Serdes.String(), HeldSerde.serde());
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> due() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(DUE), Serdes.Bytes(), Serdes.ByteArray());
    }

    @Nullable
    Held get(String id) {
        return ids.get(id);
    }

    /** Replaces what is known of an id by {@code next}, null for nothing. */
    void replace(String id, @Nullable Held before, @Nullable Held next) {
        if (before != null && (next == null || before.deadline() != next.deadline())) {
            due.delete(key(before.deadline(), id));
        }
        if (next == null) {
            ids.delete(id);
            return;
        }
        ids.put(id, next);
        if (before == null || before.deadline() != next.deadline()) {
            due.put(key(next.deadline(), id), NOTHING);
        }
    }

    /** Returns some of the ids of which what is known is over, the longest first; empty if there are none. */
    List<String> over(long now) {
        List<String> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> overdue = due.range(key(0, ""), key(Math.max(0, now), ""))) {
            while (overdue.hasNext() && found.size() < BATCH) {
                KeyValue<Bytes, byte[]> entry = overdue.next();
                byte[] key = entry.key.get();
                found.add(new String(key, Long.BYTES, key.length - Long.BYTES, StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    /** Big-endian, so that the order of bytes is that of time; the id makes it unique. */
    private static Bytes key(long deadline, String id) {
        byte[] name = id.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + name.length)
                .putLong(deadline)
                .put(name)
                .array());
    }
}
