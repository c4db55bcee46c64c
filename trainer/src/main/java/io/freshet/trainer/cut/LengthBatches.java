package io.freshet.trainer.cut;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides what was cut at once (a window) into micro-batches of examples of about the same length, so that little of a
 * micro-batch is padding. A pure function of the lengths and the limits: a rebuild that repeats the window's ends repeats
 * its micro-batches too.
 */
public final class LengthBatches {

    private LengthBatches() {}

    /**
     * Returns the micro-batches, the shortest examples first, as indices of {@code lengths}, ascending in each: every
     * index is in one of them.
     *
     * @param lengths tokens of each example in the order of arrival
     * @param limits of one micro-batch; its tokens count with padding, as number of examples times the longest
     */
    public static List<List<Integer>> of(List<Integer> lengths, CutLimits limits) {
        List<Integer> order = IntStream.range(0, lengths.size())
                .boxed()
                .sorted(Comparator.comparing(lengths::get)) // stable: equally long ones stay as they arrived
                .toList();
        List<List<Integer>> batches = new ArrayList<>();
        List<Integer> batch = new ArrayList<>();
        for (int index : order) {
            long padded = (batch.size() + 1L) * lengths.get(index);
            if (batch.size() == limits.examples() || (!batch.isEmpty() && padded > limits.tokens())) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(index);
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        batches.forEach(Collections::sort);
        return batches;
    }
}
