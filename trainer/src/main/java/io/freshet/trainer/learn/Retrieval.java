package io.freshet.trainer.learn;

import io.freshet.trainer.learn.LearningStrategy.Step;
import java.util.List;

/** Which of the examples kept are replayed in a step. */
@FunctionalInterface
interface Retrieval {

    /** Draws them evenly. */
    Retrieval RANDOM = (memory, count, fresh, step) -> memory.draw(count);

    /** Returns at most {@code count} different ones. */
    List<Kept> choose(Memory memory, int count, List<Learnable> fresh, Step step);
}
