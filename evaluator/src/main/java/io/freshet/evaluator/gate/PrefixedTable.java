package io.freshet.evaluator.gate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a table: the keys that begin with one prefix, without it. */
final class PrefixedTable<V> implements Table<V> {

    private final Table<V> whole;
    private final String prefix;

    PrefixedTable(Table<V> whole, String prefix) {
        this.whole = whole;
        this.prefix = prefix;
    }

    @Override
    public @Nullable V get(String key) {
        return whole.get(prefix + key);
    }

    @Override
    public void put(String key, V value) {
        whole.put(prefix + key, value);
    }

    @Override
    public void remove(String key) {
        whole.remove(prefix + key);
    }

    @Override
    public List<String> keys(String start) {
        return whole.keys(prefix + start).stream()
                .map(key -> key.substring(prefix.length()))
                .toList();
    }
}
