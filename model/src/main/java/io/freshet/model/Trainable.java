package io.freshet.model;

import java.util.List;

/** A model that learns. Confined to one thread, but for {@link ModelSnapshot}, whose writing may happen on another. */
public interface Trainable extends TextModel {

    /** Takes one AdamW step on a batch, computed in micro-batches where it is larger than the settings' token budget. */
    StepResult train(List<TrainingExample> batch, StepSettings settings);

    /** Copies weights and optimizer state as they are now. The caller closes the copy, which owns its native memory. */
    ModelSnapshot snapshot();
}
