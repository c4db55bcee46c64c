package io.freshet.trainer.learn;

import io.freshet.model.StepResult;
import io.freshet.model.StepSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A step that tells afterwards what was learned in it. */
final class Recorded extends Restrained.ChangedStep {

    private final LearningStrategy.Step step;
    private List<Lesson> lessons = List.of();

    Recorded(LearningStrategy.Step step) {
        super(step);
        this.step = step;
    }

    @Override
    public StepResult on(List<Lesson> examples, UnaryOperator<StepSettings> change) {
        lessons = List.copyOf(examples);
        return step.on(examples, change);
    }

    /** Returns the examples of the step that are not among {@code fresh}. */
    List<Learnable> beside(List<Learnable> fresh) {
        Set<Learnable> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.addAll(fresh);
        List<Learnable> beside = new ArrayList<>();
        for (Lesson lesson : lessons) {
            if (!known.contains(lesson.example())) {
                beside.add(lesson.example());
            }
        }
        return beside;
    }
}
