package io.freshet.model;

import java.util.List;

/** A model that learns. Confined to one thread, but for {@link ModelSnapshot}, whose writing may happen on another. */
public interface TrainableClassifier extends Classifier {

    /**
     * Grows the head by one row for a label not yet known: weights drawn from (seed, row), optimizer moments zero.
     *
     * @throws IllegalArgumentException if the label is known already
     */
    void addLabel(String label, long seed);

    /** Takes one AdamW step on a batch whose labels are all known. */
    StepResult train(List<TrainingExample> batch, StepSettings settings);

    /** Copies weights and optimizer state as they are now. The caller closes the copy, which owns its native memory. */
    ModelSnapshot snapshot();
}
