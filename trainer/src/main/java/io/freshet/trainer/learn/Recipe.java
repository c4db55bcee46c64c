package io.freshet.trainer.learn;

import io.freshet.trainer.learn.LearningStrategy.Step;
import java.util.List;
import java.util.stream.Stream;

/** How new and replayed examples become the lessons of one step. */
interface Recipe {

    /** Cross-entropy of all alike. */
    Recipe PLAIN = (fresh, replayed, step) -> Stream.concat(
                    fresh.stream().map(Lesson::new),
                    replayed.stream().map(Kept::example).map(Lesson::new))
            .toList();

    /**
     * Returns the lessons.
     *
     * @param fresh not empty
     * @param replayed may be empty
     */
    List<Lesson> lessons(List<Learnable> fresh, List<Kept> replayed, Step step);

    /** Returns whether the memory is to keep the model's logits with each example. */
    default boolean needsLogits() {
        return false;
    }
}
