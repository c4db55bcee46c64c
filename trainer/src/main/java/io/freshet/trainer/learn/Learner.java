package io.freshet.trainer.learn;

import io.freshet.model.Answer;
import io.freshet.model.ModelOptions;
import io.freshet.model.Models;
import io.freshet.model.Objective;
import io.freshet.model.TextModel;
import io.freshet.model.Trainable;
import io.freshet.model.TrainableClassifier;
import io.freshet.model.TrainableLanguageModel;
import io.freshet.model.torch.Seeds;
import io.freshet.trainer.drift.DriftAlarm;
import io.freshet.trainer.drift.DriftWatch;
import io.freshet.trainer.drift.Obsolete;
import io.freshet.trainer.drift.Outcome;
import io.freshet.trainer.drift.Reaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A model that learns from micro-batches, with everything that decides its next step. What it becomes is a function of
 * where it started, the settings and what was cut. Confined to one thread; owns its model.
 */
public final class Learner implements AutoCloseable {

    private final Task task;
    private final LearningStrategy strategy;
    private final LearnerSettings settings;
    private final Watching watching;
    private long step;
    private long batches;
    private long trained;
    private long rejected;

    private Learner(
            Task task,
            LearningStrategy strategy,
            LearnerSettings settings,
            Watching watching,
            LearnerState.Counts counts) {
        this.task = task;
        this.strategy = strategy;
        this.settings = settings;
        this.watching = watching;
        this.step = counts.step();
        this.batches = counts.batches();
        this.trained = counts.trained();
        this.rejected = counts.rejected();
    }

    /** Starts from a Hugging Face directory that this system has not trained. */
    public static Learner start(Path modelDirectory, ModelOptions options, LearnerSettings settings) {
        Objective objective = settings.objective();
        Trainable model = objective.isLanguageModel()
                ? Models.trainableLanguageModel(modelDirectory, objective, options)
                : Models.openTrainable(modelDirectory, options);
        try {
            return new Learner(
                    task(model, settings, LearnerState.Judged.NOTHING),
                    Strategies.fresh(settings, options, modelDirectory),
                    settings,
                    new Watching(model, settings, DriftWatch.State.EMPTY),
                    LearnerState.Counts.ZERO);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /**
     * Goes on from what {@link LearnerSnapshot} wrote.
     *
     * @throws IOException if the files cannot be read, do not belong together or are of another objective
     */
    public static Learner resume(
            Path modelDirectory, Path trainerDirectory, ModelOptions options, LearnerSettings settings)
            throws IOException {
        LearnerState state = LearnerState.read(trainerDirectory);
        Objective objective = settings.objective();
        if (state.learned() != objective) {
            throw new IOException("%s is of a trainer whose objective was %s, not %s; they cannot go on from each other"
                    .formatted(
                            trainerDirectory.resolve(LearnerState.NAME),
                            state.learned().key(),
                            objective.key()));
        }
        Trainable model = objective.isLanguageModel()
                ? Models.resumeLanguageModel(modelDirectory, trainerDirectory, objective, options)
                : Models.resume(modelDirectory, trainerDirectory, options);
        try {
            Task task = task(model, settings, state.judged());
            if (!task.labels().equals(state.labels())) {
                throw new IOException("the labels in %s and in %s differ; the files are not of one checkpoint"
                        .formatted(modelDirectory, trainerDirectory.resolve(LearnerState.NAME)));
            }
            LearningStrategy strategy = Strategies.restored(
                    settings, options, new SavedFiles(modelDirectory, trainerDirectory, model::encode));
            return new Learner(
                    task, strategy, settings, new Watching(model, settings, state.watched()), state.counts());
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static Task task(Trainable model, LearnerSettings settings, LearnerState.Judged judged) {
        return model instanceof TrainableLanguageModel language
                ? new Predicting(language, judged)
                : new Classifying((TrainableClassifier) model, settings, judged);
    }

    /** Returns the model, for its tokenizer. */
    public TextModel model() {
        return task.model();
    }

    /** Returns the labels in the order of the head; empty for a language model. */
    public List<String> labels() {
        return task.labels();
    }

    /**
     * Learns from what was cut at once, one step's examples after the other: predicts them with the weights as they are,
     * grows the head by their new labels, steps, and hands them to the strategy. Examples whose label is beyond the limit
     * are left out; one that the same cut corrects counts as trained, but only its correction is learned.
     *
     * @param fresh the examples; may be empty, which only counts the cut
     * @param refused records of the cut that were rejected before
     */
    public BatchReport learn(List<Learnable> fresh, int refused) {
        List<Integer> overLimit = task.overLimit(fresh);
        List<Learnable> admitted = without(fresh, overLimit);
        List<Learnable> latest = Corrected.latest(admitted);
        BatchReport.Steps steps = BatchReport.Steps.NONE;
        List<DriftAlarm> alarms = new ArrayList<>();
        for (List<Learnable> examples :
                Divided.steps(latest, settings.batches(), Seeds.mix(settings.seed(), batches))) {
            alarms.addAll(watch(examples, task.predict(examples, strategy)));
            steps = steps.and(learnFrom(examples));
        }
        batches++;
        trained += admitted.size() - latest.size();
        rejected += refused + overLimit.size();
        return new BatchReport(admitted.size(), overLimit, steps, alarms);
    }

    private static List<Learnable> without(List<Learnable> examples, List<Integer> places) {
        Set<Integer> left = Set.copyOf(places);
        List<Learnable> rest = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            if (!left.contains(i)) {
                rest.add(examples.get(i));
            }
        }
        return rest;
    }

    /** Looks at how examples were predicted, and does what is to follow an alarm before they are learned from. */
    private List<DriftAlarm> watch(List<Learnable> examples, List<Outcome> outcomes) {
        DriftWatch.Findings findings = watching.observe(trained, examples, outcomes);
        if (!findings.alarms().isEmpty()) {
            watching.rewarm(step);
        }
        for (Obsolete obsolete : findings.obsolete()) {
            strategy.forgetBefore(
                    obsolete.before(),
                    settings.drift().forgetting().keep(),
                    example -> obsolete.covers(example.label()));
        }
        return findings.alarms();
    }

    private BatchReport.Steps learnFrom(List<Learnable> examples) {
        task.welcome(examples);
        BatchReport.Steps last = BatchReport.Steps.NONE;
        if (examples.stream().map(Lesson::new).map(task::lesson).anyMatch(lesson -> lesson.weight() > 0)) {
            for (int i = 0; i < settings.batches().repeats(); i++) {
                last = step(examples);
            }
        }
        strategy.remember(examples, task);
        trained += examples.size();
        return last;
    }

    private BatchReport.Steps step(List<Learnable> examples) {
        step++;
        OneStep one = new OneStep(task, settings, step, step - watching.rewarmed());
        return BatchReport.Steps.of(strategy.learn(examples, one), one.rate());
    }

    /**
     * Returns what would be published now answers on examples, whose labels are not looked at.
     *
     * @throws IllegalStateException if the model is a language model
     */
    public List<Answer> answers(List<Learnable> examples) {
        return strategy.answer(examples, task);
    }

    /** Drops what the strategy keeps of the example of that id, if anything; what the weights learned of it stays. */
    public void forget(String id) {
        strategy.forget(id);
    }

    /** Copies everything as it is now. The caller closes the copy. */
    public LearnerSnapshot snapshot() {
        LearnerState state = new LearnerState(
                settings.objective(),
                new LearnerState.Counts(step, batches, trained, rejected),
                task.labels(),
                task.judged(),
                watching.state());
        return new LearnerSnapshot(state, strategy.saved(), task.model().snapshot());
    }

    public long step() {
        return step;
    }

    /** Returns how many cuts it was given. */
    public long batches() {
        return batches;
    }

    public long trained() {
        return trained;
    }

    public long rejected() {
        return rejected;
    }

    /** Returns how many examples the strategy keeps. */
    public int remembered() {
        return strategy.remembered();
    }

    /** Returns about how many bytes the strategy keeps on the heap. */
    public long rememberedBytes() {
        return strategy.rememberedBytes();
    }

    /** Returns whether an alarm is to be followed by a checkpoint at once. */
    public boolean publishesAtAlarms() {
        return settings.drift().does(Reaction.CANDIDATE);
    }

    /** Returns how well examples were predicted before they were learned from. */
    public Standing standing() {
        return task.standing();
    }

    @Override
    public void close() {
        strategy.close();
        task.model().close();
    }
}
