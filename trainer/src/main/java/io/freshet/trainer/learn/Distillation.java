package io.freshet.trainer.learn;

import io.freshet.model.Guide;
import io.freshet.model.ModelOptions;
import io.freshet.model.StepResult;
import io.freshet.model.StepSettings;
import io.freshet.trainer.learn.StrategyPlan.Lwf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Learning without forgetting (Li and Hoiem, ECCV 2016, section 3): every lesson is also taught by an earlier model, whose
 * softened answers over the labels it knew are to stay. The teacher is a copy of the model, what would be published, made
 * every so many steps, or a given model, such as the champion.
 */
final class Distillation extends Restrained {

    private final Lwf settings;
    private final ModelOptions options;
    private @Nullable Teacher teacher;

    /** @param teacher to begin with; owned */
    Distillation(LearningStrategy inner, Lwf settings, ModelOptions options, @Nullable Teacher teacher) {
        super(inner);
        this.settings = settings;
        this.options = options;
        this.teacher = teacher;
    }

    /** Returns the teacher to begin with: the given one, the one that a checkpoint kept, or none. */
    static @Nullable Teacher first(Lwf settings, ModelOptions options, Optional<SavedFiles> saved) throws IOException {
        if (!settings.teacher().isEmpty()) {
            return Teacher.given(Path.of(settings.teacher()), options);
        }
        return saved.isPresent() ? Teacher.restored(saved.get().trainer(), options) : null;
    }

    @Override
    Step restrain(List<Learnable> fresh, Step step) {
        long taken = step.number() - 1;
        if (settings.teacher().isEmpty() && taken > 0 && taken % settings.every() == 0) {
            Teacher next = Teacher.copy(step, options);
            closeTeacher();
            teacher = next;
        }
        Teacher present = teacher;
        return present == null ? step : new Taught(step, present, settings);
    }

    /** A step whose lessons are taught too. */
    private static final class Taught extends ChangedStep {
        private final Step step;
        private final Teacher teacher;
        private final Lwf settings;

        Taught(Step step, Teacher teacher, Lwf settings) {
            super(step);
            this.step = step;
            this.teacher = teacher;
            this.settings = settings;
        }

        @Override
        public StepResult on(List<Lesson> lessons, UnaryOperator<StepSettings> change) {
            List<float[]> logits =
                    teacher.logits(lessons.stream().map(Lesson::example).toList(), labels());
            List<Lesson> taught = new ArrayList<>();
            for (int i = 0; i < lessons.size(); i++) {
                Lesson lesson = lessons.get(i);
                float[] ofOne = logits.get(i);
                taught.add(
                        ofOne.length == 0
                                ? lesson
                                : lesson.with(Guide.teach(ofOne, settings.weight(), settings.temperature())));
            }
            return step.on(taught, change);
        }
    }

    @Override
    Saved ownState() {
        return teacher == null ? Saved.NOTHING : teacher.saved();
    }

    private void closeTeacher() {
        if (teacher != null) {
            teacher.close();
            teacher = null;
        }
    }

    @Override
    public void close() {
        closeTeacher();
        super.close();
    }
}
