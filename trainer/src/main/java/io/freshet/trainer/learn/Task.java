package io.freshet.trainer.learn;

import io.freshet.model.Trainable;
import io.freshet.model.TrainingExample;
import io.freshet.trainer.drift.Outcome;
import java.util.List;

/**
 * What learning does that depends on the objective: which examples are admitted, how they are predicted before they are
 * learned from, and what the model is told of them. Confined to the training thread; does not own the model.
 */
sealed interface Task extends ModelView permits Classifying, Predicting {

    Trainable model();

    /** Returns the indices of the examples that cannot be learned from because their label is beyond the limit. */
    List<Integer> overLimit(List<Learnable> fresh);

    /**
     * Predicts examples with what would be published now, as {@code strategy} answers; counts how well.
     *
     * @return how wrong each was
     */
    List<Outcome> predict(List<Learnable> examples, LearningStrategy strategy);

    /** Makes the model ready for examples that it will learn from next. */
    void welcome(List<Learnable> examples);

    /** Returns a lesson as the model takes it. */
    TrainingExample lesson(Lesson lesson);

    /** Returns how well examples were predicted so far. */
    Standing standing();

    /** Returns what a checkpoint keeps of it. */
    LearnerState.Judged judged();
}
