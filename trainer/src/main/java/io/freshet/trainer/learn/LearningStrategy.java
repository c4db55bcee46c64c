package io.freshet.trainer.learn;

import io.freshet.model.Answer;
import io.freshet.model.ModelSnapshot;
import io.freshet.model.StepResult;
import io.freshet.model.StepSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * How a step learns without forgetting: what it mixes in beside its new examples, its loss, what is kept of them, and who
 * answers.
 *
 * <p>The life of a micro-batch: {@link #judge} before anything is learned of it, {@link #learn} once or several times,
 * {@link #remember} once. {@link #answer} may be asked at any time between. Confined to the training thread. Everything
 * that a later call depends on is in {@link #saved()}: a strategy restored from there goes on byte for byte.
 */
public interface LearningStrategy extends AutoCloseable {

    /**
     * What one optimizer step did.
     *
     * @param replayed examples mixed in beside the new ones
     */
    record Update(StepResult result, int replayed) {}

    /** One optimizer step that a strategy may take, and what it may ask of the model before and after. */
    interface Step extends ModelView {

        /** Returns the number of the step, from 1; counted whether or not {@link #on} is called. */
        long number();

        /**
         * Returns by how much a plain gradient step on {@code fresh} alone, at this step's rates, would raise the
         * cross-entropy of each of {@code kept}. Nothing changes.
         */
        List<Double> interference(List<Learnable> fresh, List<Learnable> kept);

        /**
         * Holds the weights as they are, for {@link StepSettings#withPull}; their importances become {@code keep} times
         * what they were plus the mean squared gradient of each example of the sample alone.
         *
         * @param keep in [0, 1]
         */
        void consolidate(List<Learnable> sample, double keep);

        /** Holds the weights as they are, for {@link StepSettings#withPull}, all equally important. */
        void hold();

        /** Copies the model as it would be published now. The caller closes the copy. */
        ModelSnapshot snapshot();

        /** Takes the step with settings changed by {@code change}, on lessons, not empty; at most once. */
        StepResult on(List<Lesson> lessons, UnaryOperator<StepSettings> change);

        /** Takes the step. */
        default StepResult on(List<Lesson> lessons) {
            return on(lessons, UnaryOperator.identity());
        }
    }

    /** State at one moment; may be written on another thread while learning goes on, and is closed after. */
    interface Saved extends AutoCloseable {

        /** Nothing. */
        Saved NOTHING = directory -> {};

        /** Writes what a resume needs into the directory of the trainer's files. */
        void writeTrainer(Path directory) throws IOException;

        /** Writes what is published into the directory of the model's files, beside these. */
        default void writeModel(Path directory) throws IOException {}

        /** Frees what the state holds outside the heap. */
        @Override
        default void close() {}
    }

    /**
     * Answers as what would be published now, one answer an example, over {@link ModelView#labels()} in their order.
     * Changes nothing.
     */
    default List<Answer> answer(List<Learnable> examples, ModelView model) {
        return model.answers(examples);
    }

    /**
     * Answers on examples before they are learned from, for the prequential figures: as {@link #answer} says, but for what
     * a strategy knows of the stream itself and does not publish.
     * Called once for each example, whose label is in it: a strategy that weighs several answers notes here which were
     * right.
     */
    default List<Answer> judge(List<Learnable> examples, ModelView model) {
        return answer(examples, model);
    }

    /** Takes one optimizer step on {@code fresh}, not empty, whose labels the model knows, and what it adds. */
    Update learn(List<Learnable> fresh, Step step);

    /**
     * Told once of each micro-batch, after its last step. An example whose id is kept already is a correction, and takes
     * the place of what is kept.
     */
    void remember(List<Learnable> fresh, ModelView model);

    /** Drops what is kept of the example of that id, if anything is. */
    default void forget(String id) {}

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
    default int remembered() {
        return 0;
    }

    /** Returns about how many bytes are kept on the heap. */
    default long rememberedBytes() {
        return 0;
    }

    /** Returns what a later call depends on. The caller closes it. */
    default Saved saved() {
        return Saved.NOTHING;
    }

    /** Frees what the strategy holds outside the heap. */
    @Override
    default void close() {}
}
