package io.freshet.trainer.learn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A uniform sample, of fixed size, of everything offered so far.
 *
 * <p>Vitter's algorithm R ("Random sampling with a reservoir", ACM TOMS 1985): the n-th item replaces a place drawn from
 * [0, n) if that is inside the sample.
 */
final class Reservoir<T> {

    private final int capacity;
    private final SplitMix generator;
    private final List<T> items;
    private long seen;

    /** @param capacity most items kept, at least 1 */
    Reservoir(int capacity, long seed) {
        this(capacity, 0, seed, List.of());
    }

    /**
     * Restores a reservoir; of more items than fit, the first are kept.
     *
     * @param seen items offered so far
     * @param generatorState state of the generator
     */
    Reservoir(int capacity, long seen, long generatorState, List<T> items) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity %d is below 1".formatted(capacity));
        }
        if (seen < items.size()) {
            throw new IllegalArgumentException("%d items were kept of %d seen".formatted(items.size(), seen));
        }
        this.capacity = capacity;
        this.seen = seen;
        this.generator = new SplitMix(generatorState);
        this.items = new ArrayList<>(items.subList(0, Math.min(capacity, items.size())));
    }

    void offer(T item) {
        seen++;
        if (items.size() < capacity) {
            items.add(item);
            return;
        }
        long place = generator.below(seen);
        if (place < capacity) {
            items.set((int) place, item);
        }
    }

    /** Draws {@code count} different items, or all there are (Floyd's algorithm, in the order drawn). */
    List<T> draw(int count) {
        int wanted = Math.min(count, items.size());
        Set<Integer> chosen = new HashSet<>();
        List<T> drawn = new ArrayList<>(wanted);
        for (int top = items.size() - wanted; top < items.size(); top++) {
            int candidate = (int) generator.below(top + 1L);
            int index = chosen.add(candidate) ? candidate : top;
            chosen.add(index);
            drawn.add(items.get(index));
        }
        return drawn;
    }

    List<T> items() {
        return List.copyOf(items);
    }

    int size() {
        return items.size();
    }

    long seen() {
        return seen;
    }

    long generatorState() {
        return generator.state();
    }
}
