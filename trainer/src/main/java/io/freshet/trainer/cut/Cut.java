package io.freshet.trainer.cut;

import java.util.List;

/**
 * One micro-batch.
 *
 * @param items its records in the order in which they are learned from, not empty
 * @param ends by partition, the offset behind the last record taken so far; exclusive
 */
public record Cut<T>(List<T> items, List<Long> ends) {
    public Cut {
        items = List.copyOf(items);
        ends = List.copyOf(ends);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("a micro-batch without records");
        }
    }
}
