package io.freshet.trainer.learn;

import io.freshet.model.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * How a step learns without forgetting: what it mixes in beside its new examples, its loss, and what is kept of them.
 *
 * <p>Confined to the training thread. Everything that a later step depends on is in {@link #saved()}.
 */
public interface LearningStrategy {

    /**
     * What one optimizer step did.
     *
     * @param replayed examples mixed in beside the new ones
     */
    record Update(StepResult result, int replayed) {}

    /** Takes one optimizer step on examples, not empty, whose labels the model knows. */
    @FunctionalInterface
    interface Step {
        StepResult on(List<Learnable> examples);
    }

    /** State at one moment; may be written on another thread while learning goes on. */
    @FunctionalInterface
    interface Saved {
        void write(Path directory) throws IOException;
    }

    /** Takes one optimizer step on {@code fresh}, not empty, whose labels the model knows, and what it adds. */
    Update learn(List<Learnable> fresh, Step step);

    /** Told once of each micro-batch, after its last step. */
    void remember(List<Learnable> fresh);

    /**
     * Told that the meaning of what was learned has changed. Of the examples kept that were among the first
     * {@code before} remembered and that {@code which} names, a share is dropped, drawn by the strategy's own generator.
     * Strategies that keep nothing do nothing.
     *
     * @param before how many examples had been remembered when the change began, counted over the whole run
     * @param keepShare share of those that stays, in [0, 1]
     * @param which what may be dropped
     */
    default void forgetBefore(long before, double keepShare, Predicate<Learnable> which) {}

    /** Returns how many examples are kept. */
    int remembered();

    Saved saved();
}
