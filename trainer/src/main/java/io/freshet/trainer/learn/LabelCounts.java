package io.freshet.trainer.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many examples of each label were learned from, in the order in which the labels first appeared. */
public final class LabelCounts {

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private long total;

    LabelCounts() {}

    /** Goes on from counts that a checkpoint kept; {@code counts.get(i)} belongs to {@code labels.get(i)}. */
    LabelCounts(List<String> labels, List<Long> counts) {
        if (labels.size() < counts.size()) {
            throw new IllegalArgumentException("%d labels but counts of %d".formatted(labels.size(), counts.size()));
        }
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i) > 0) {
                this.counts.put(labels.get(i), counts.get(i));
                total += counts.get(i);
            }
        }
    }

    void add(String label) {
        counts.merge(label, 1L, Long::sum);
        total++;
    }

    long total() {
        return total;
    }

    /** Returns the number of labels with examples. */
    int labels() {
        return counts.size();
    }

    /** Returns the examples of {@code label}; 0 for one that never appeared. */
    long of(String label) {
        return counts.getOrDefault(label, 0L);
    }

    /** Returns the counts in the order of {@code labels}. */
    List<Long> inOrderOf(List<String> labels) {
        return labels.stream().map(this::of).toList();
    }
}
