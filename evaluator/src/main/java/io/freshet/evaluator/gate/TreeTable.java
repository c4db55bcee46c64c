package io.freshet.evaluator.gate;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A table that lives as long as its object does. */
final class TreeTable<V> implements Table<V> {

    private final TreeMap<String, V> entries = new TreeMap<>();

    @Override
    public @Nullable V get(String key) {
        return entries.get(key);
    }

    @Override
    public void put(String key, V value) {
        entries.put(key, value);
    }

    @Override
    public void remove(String key) {
        entries.remove(key);
    }

    @Override
    public List<String> keys(String prefix) {
        return entries.tailMap(prefix).keySet().stream()
                .takeWhile(key -> key.startsWith(prefix))
                .toList();
    }
}
