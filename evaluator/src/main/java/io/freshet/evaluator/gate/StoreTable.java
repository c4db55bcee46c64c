package io.freshet.evaluator.gate;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A table kept in a state store of Kafka Streams, which its changelog restores. */
final class StoreTable<V> implements Table<V> {

    private final KeyValueStore<String, V> store;

    StoreTable(KeyValueStore<String, V> store) {
        this.store = store;
    }

    @Override
    public @Nullable V get(String key) {
        return store.get(key);
    }

    @Override
    public void put(String key, V value) {
        store.put(key, value);
    }

    @Override
    public void remove(String key) {
        store.delete(key);
    }

    @Override
    public List<String> keys(String prefix) {
        List<String> keys = new ArrayList<>();
        // behind the empty prefix there is no next one, which a scan by prefix needs
        try (KeyValueIterator<String, V> entries =
                prefix.isEmpty() ? store.all() : store.prefixScan(prefix, new StringSerializer())) {
            while (entries.hasNext()) {
                keys.add(entries.peekNextKey());
                entries.next();
            }
        }
        return keys;
    }
}
