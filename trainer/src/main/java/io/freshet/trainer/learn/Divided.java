package io.freshet.trainer.learn;

import io.freshet.trainer.cut.LengthBatches;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What was cut at once, divided into the examples of one step after the other. */
final class Divided {

    private Divided() {}

    /**
     * Returns the steps' examples. Without a window they are one step, in the order of arrival; else each holds texts of
     * about the same length, and short and long ones come in an order drawn from {@code seed}, since always beginning
     * with short texts would pull the weights to and fro within each window.
     *
     * @param seed fixes the order; another one for each cut
     */
    static List<List<Learnable>> steps(List<Learnable> cut, LearnerSettings.Batches batches, long seed) {
        if (cut.isEmpty()) {
            return List.of();
        }
        if (batches.window() == 1) {
            return List.of(cut);
        }
        List<Integer> lengths =
                cut.stream().map(example -> example.encoded().length()).toList();
        List<List<Learnable>> steps = new ArrayList<>();
        for (List<Integer> places : LengthBatches.of(lengths, batches.ofStep())) {
            steps.add(places.stream().map(cut::get).toList());
        }
        shuffle(steps, new SplitMix(seed));
        return steps;
    }

    /** Fisher and Yates' shuffle. */
    private static void shuffle(List<List<Learnable>> steps, SplitMix generator) {
        for (int i = steps.size() - 1; i > 0; i--) {
            Collections.swap(steps, i, (int) generator.below(i + 1L));
        }
    }
}
