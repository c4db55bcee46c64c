package io.freshet.model;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * How long the parts of one training step took, in nanoseconds. For benchmarks.
 *
 * @param data padding the examples and making native tensors of them
 * @param forward the loss, with dropout, keeping what the backward pass needs
 * @param backward the gradients and their norm
 * @param optimizer clipping and AdamW
 */
public record StepProfile(long data, long forward, long backward, long optimizer) {

    /**
     * Takes a step as {@link Trainable#train} does, and measures its parts: longer than a plain step, because the forward
     * pass is also computed by itself.
     *
     * @param model opened by {@link Models}
     * @param clock nanoseconds that only grow: elapsed, or of the thread's work
     */
    public static StepProfile measure(
            TrainableClassifier model, List<TrainingExample> batch, StepSettings settings, LongSupplier clock) {
        if (model instanceof LearningClassifierModel learning) {
            return learning.profile(batch, settings, clock);
        }
        throw new IllegalArgumentException("%s is not a model that Models opened".formatted(model.getClass()));
    }
}
