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
 * A strategy around another one, which it leaves to choose the examples while it changes the step: its lessons, or its
 * settings. Owns the other one.
 */
abstract class Restrained implements LearningStrategy {

    private final LearningStrategy inner;

    Restrained(LearningStrategy inner) {
        this.inner = inner;
    }

    /** Returns the step as the other strategy is to see it. Called once for each step, before anything else in it. */
    abstract Step restrain(List<Learnable> fresh, Step step);

    /** Told of examples as {@link #remember} is, before the other strategy. */
    void note(List<Learnable> fresh, ModelView model) {}

    /** Returns what this strategy, without the other, goes on from. */
    abstract Saved ownState();

    @Override
    public final Update learn(List<Learnable> fresh, Step step) {
        return inner.learn(fresh, restrain(fresh, step));
    }

    @Override
    public final void remember(List<Learnable> fresh, ModelView model) {
        note(fresh, model);
        inner.remember(fresh, model);
    }

    @Override
    public final List<Answer> answer(List<Learnable> examples, ModelView model) {
        return inner.answer(examples, model);
    }

    @Override
    public final List<Answer> judge(List<Learnable> examples, ModelView model) {
        return inner.judge(examples, model);
    }

    @Override
    public void forget(String id) {
        inner.forget(id);
    }

    @Override
    public void forgetBefore(long before, double keepShare, Predicate<Learnable> which) {
        inner.forgetBefore(before, keepShare, which);
    }

    @Override
    public final int remembered() {
        return inner.remembered();
    }

    @Override
    public long rememberedBytes() {
        return inner.rememberedBytes();
    }

    @Override
    public final Saved saved() {
        return new Both(ownState(), inner.saved());
    }

    @Override
    public void close() {
        inner.close();
    }

    private record Both(Saved own, Saved other) implements Saved {
        @Override
        public void writeTrainer(Path directory) throws IOException {
            own.writeTrainer(directory);
            other.writeTrainer(directory);
        }

        @Override
        public void writeModel(Path directory) throws IOException {
            own.writeModel(directory);
            other.writeModel(directory);
        }

        @Override
        public void close() {
            own.close();
            other.close();
        }
    }

    /** A step that is another one but for how it is taken. */
    abstract static class ChangedStep implements Step {
        private final Step step;

        ChangedStep(Step step) {
            this.step = step;
        }

        /** The step with its settings changed, after what was asked of it. */
        static Step withSettings(Step step, UnaryOperator<StepSettings> more) {
            return new ChangedStep(step) {
                @Override
                public StepResult on(List<Lesson> lessons, UnaryOperator<StepSettings> change) {
                    return step.on(lessons, settings -> more.apply(change.apply(settings)));
                }
            };
        }

        @Override
        public final long number() {
            return step.number();
        }

        @Override
        public final List<String> labels() {
            return step.labels();
        }

        @Override
        public final List<Answer> answers(List<Learnable> examples) {
            return step.answers(examples);
        }

        @Override
        public final List<float[]> logits(List<Learnable> examples) {
            return step.logits(examples);
        }

        @Override
        public final List<Double> interference(List<Learnable> fresh, List<Learnable> kept) {
            return step.interference(fresh, kept);
        }

        @Override
        public final void consolidate(List<Learnable> sample, double keep) {
            step.consolidate(sample, keep);
        }

        @Override
        public final void hold() {
            step.hold();
        }

        @Override
        public final ModelSnapshot snapshot() {
            return step.snapshot();
        }
    }
}
