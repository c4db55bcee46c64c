package io.freshet.trainer.learn;

import io.freshet.model.Answer;
import io.freshet.model.ModelSnapshot;
import io.freshet.model.StepResult;
import io.freshet.model.StepSettings;
import io.freshet.model.TrainableClassifier;
import io.freshet.model.TrainingExample;
import java.util.List;
import java.util.function.UnaryOperator;

/** One step of a learner: the settings of its place on the schedule, and a task to take it on. */
final class OneStep implements LearningStrategy.Step {

    private final Task task;
    private final LearnerSettings settings;
    private final long number;
    private final double rate;
    private final double headRate;

    /**
     * @param number from 1
     * @param scheduled its place on the schedule of the learning rate, from 1
     */
    OneStep(Task task, LearnerSettings settings, long number, long scheduled) {
        this.task = task;
        this.settings = settings;
        this.number = number;
        this.rate = settings.optimizer().rate().at(scheduled);
        this.headRate = settings.optimizer().headRate().at(scheduled);
    }

    @Override
    public long number() {
        return number;
    }

    /** Returns the learning rate of the body. */
    double rate() {
        return rate;
    }

    @Override
    public List<String> labels() {
        return task.labels();
    }

    @Override
    public List<Answer> answers(List<Learnable> examples) {
        return task.answers(examples);
    }

    @Override
    public List<float[]> logits(List<Learnable> examples) {
        return task.logits(examples);
    }

    @Override
    public List<Double> interference(List<Learnable> fresh, List<Learnable> kept) {
        return classifier().interference(examples(fresh), plain(), examples(kept));
    }

    @Override
    public void consolidate(List<Learnable> sample, double keep) {
        classifier().consolidate(examples(sample), keep);
    }

    @Override
    public void hold() {
        classifier().hold();
    }

    private TrainableClassifier classifier() {
        if (task.model() instanceof TrainableClassifier classifier) {
            return classifier;
        }
        throw new IllegalStateException("a language model has no labels that a step could be weighed by");
    }

    private List<TrainingExample> examples(List<Learnable> examples) {
        return examples.stream().map(Lesson::new).map(task::lesson).toList();
    }

    @Override
    public ModelSnapshot snapshot() {
        return task.model().snapshot();
    }

    @Override
    public StepResult on(List<Lesson> lessons, UnaryOperator<StepSettings> change) {
        List<Integer> lengths = lessons.stream()
                .map(lesson -> lesson.example().encoded().length())
                .toList();
        LearnerSettings.Batches division = settings.batches();
        int budget = ComputeBudget.of(lengths, division.accumulation(), division.computeTokens());
        return task.model()
                .train(
                        lessons.stream().map(task::lesson).toList(),
                        change.apply(plain()).withTokenBudget(budget));
    }

    private StepSettings plain() {
        LearnerSettings.Optimizer optimizer = settings.optimizer();
        return new StepSettings(
                        number, settings.seed(), rate, headRate, optimizer.weightDecay(), false, optimizer.clipNorm())
                .withLabelSmoothing(settings.loss().smoothing())
                .withAverageDecay(optimizer.averageDecay());
    }
}
