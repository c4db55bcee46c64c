package io.freshet.evaluator.gate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small table that is read at every event: all of it is decoded once, at the first use, and kept in memory beside the table
 * beneath, to which nobody else writes.
 */
final class RememberingTable<V> implements Table<V> {

    private final Table<V> beneath;
    private @Nullable Table<V> remembered;

    RememberingTable(Table<V> beneath) {
        this.beneath = beneath;
    }

    @Override
    public @Nullable V get(String key) {
        return all().get(key);
    }

    @Override
    public void put(String key, V value) {
        beneath.put(key, value);
        all().put(key, value);
    }

    @Override
    public void remove(String key) {
        beneath.remove(key);
        all().remove(key);
    }

    @Override
    public List<String> keys(String prefix) {
        return all().keys(prefix);
    }

    private Table<V> all() {
        Table<V> known = remembered;
        if (known == null) {
            known = new TreeTable<>();
            for (String key : beneath.keys("")) {
                V value = beneath.get(key);
                if (value != null) {
                    known.put(key, value);
                }
            }
            remembered = known;
        }
        return known;
    }
}
