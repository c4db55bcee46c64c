package io.freshet.trainer.learn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What memories draw. */
final class Draws {

    private Draws() {}

    /** Returns {@code count} different numbers of [0, size), or all of them (Floyd's algorithm, in the order drawn). */
    static List<Integer> distinct(int count, int size, SplitMix generator) {
        int wanted = Math.min(count, size);
        Set<Integer> chosen = new HashSet<>();
        List<Integer> drawn = new ArrayList<>(wanted);
        for (int top = size - wanted; top < size; top++) {
            int candidate = (int) generator.below(top + 1L);
            int index = chosen.add(candidate) ? candidate : top;
            chosen.add(index);
            drawn.add(index);
        }
        return drawn;
    }

    /**
     * Returns the ids of those that {@link LearningStrategy#forgetBefore} drops.
     *
     * @param kept in an order that does not depend on hashes
     */
    static List<String> dropped(
            List<Kept> kept, long before, double keepShare, Predicate<Learnable> which, SplitMix generator) {
        if (!(keepShare >= 0 && keepShare <= 1)) {
            throw new IllegalArgumentException("keepShare %s is outside [0, 1]".formatted(keepShare));
        }
        List<Kept> old = kept.stream()
                .filter(item -> item.at() <= before && which.test(item.example()))
                .toList();
        int count = (int) Math.round((1 - keepShare) * old.size());
        return distinct(count, old.size(), generator).stream()
                .map(place -> old.get(place).id())
                .toList();
    }
}
