package io.freshet.evaluator.gate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ordered map that survives a restart. What it returns must not be changed in place.
 *
 * @param <V> values
 */
interface Table<V> {

    @Nullable
    V get(String key);

    void put(String key, V value);

    void remove(String key);

    /** Returns the keys that begin with {@code prefix}, in ascending order, as they are at the moment of the call. */
    List<String> keys(String prefix);

    default void removeAll(String prefix) {
        keys(prefix).forEach(this::remove);
    }
}
