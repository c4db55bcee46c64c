package io.freshet.trainer.learn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Kept examples at places 0 to size - 1, found by their ids too; no id is there twice. */
final class Shelf {

    private final List<Kept> items = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private long bytes;

    int size() {
        return items.size();
    }

    long bytes() {
        return bytes;
    }

    Kept get(int place) {
        return items.get(place);
    }

    List<Kept> items() {
        return List.copyOf(items);
    }

    OptionalInt placeOf(String id) {
        Integer place = places.get(id);
        return place == null ? OptionalInt.empty() : OptionalInt.of(place);
    }

    /** Puts an item at the end. */
    void add(Kept item) {
        if (places.putIfAbsent(item.id(), items.size()) != null) {
            throw new IllegalArgumentException("id '%s' is there already".formatted(item.id()));
        }
        items.add(item);
        bytes += item.bytes();
    }

    /** Puts an item in the place of another. */
    void replace(int place, Kept item) {
        Kept old = items.set(place, item);
        places.remove(old.id());
        places.put(item.id(), place);
        bytes += item.bytes() - old.bytes();
    }

    /** Takes an item away; the last one moves to its place. */
    Kept remove(int place) {
        Kept removed = items.get(place);
        Kept last = items.remove(items.size() - 1);
        places.remove(removed.id());
        if (place < items.size()) {
            items.set(place, last);
            places.put(last.id(), place);
        }
        bytes -= removed.bytes();
        return removed;
    }
}
