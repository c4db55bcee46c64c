package io.freshet.trainer.learn;

import io.freshet.model.Answer;
import io.freshet.model.ModelOptions;
import io.freshet.model.Models;
import io.freshet.model.StepSettings;
import io.freshet.model.TrainableClassifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model that learns from micro-batches, with everything that decides its next step. What it becomes is a function of
 * where it started, the settings and the micro-batches. Confined to one thread; owns its model.
 */
public final class Learner implements AutoCloseable {

    private final TrainableClassifier model;
    private final LearningStrategy strategy;
    private final LearnerSettings settings;
    private final Prequential prequential;
    private long step;
    private long batches;
    private long trained;
    private long rejected;

    private Learner(
            TrainableClassifier model, LearningStrategy strategy, LearnerSettings settings, LearnerState state) {
        this.model = model;
        this.strategy = strategy;
        this.settings = settings;
        this.prequential = new Prequential(state.prequential());
        this.step = state.step();
        this.batches = state.batches();
        this.trained = state.trained();
        this.rejected = state.rejected();
    }

    /** Starts from a Hugging Face directory that this system has not trained. */
    public static Learner start(Path modelDirectory, ModelOptions options, LearnerSettings settings) {
        TrainableClassifier model = Models.openTrainable(modelDirectory, options);
        return new Learner(model, Strategy.fresh(settings), settings, LearnerState.initial(model.labels()));
    }

    /**
     * Goes on from what {@link LearnerSnapshot} wrote.
     *
     * @throws IOException if the files cannot be read or do not belong together
     */
    public static Learner resume(
            Path modelDirectory, Path trainerDirectory, ModelOptions options, LearnerSettings settings)
            throws IOException {
        LearnerState state = LearnerState.read(trainerDirectory);
        TrainableClassifier model = Models.resume(modelDirectory, trainerDirectory, options);
        try {
            if (!model.labels().equals(state.labels())) {
                throw new IOException("the labels in %s and in %s differ; the files are not of one checkpoint"
                        .formatted(modelDirectory, trainerDirectory.resolve(LearnerState.NAME)));
            }
            return new Learner(model, Strategy.restored(settings, trainerDirectory, model::encode), settings, state);
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** Returns the model, for its tokenizer and labels. */
    public TrainableClassifier model() {
        return model;
    }

    /**
     * Learns from one micro-batch: predicts its examples with the weights as they are, grows the head by its new labels,
     * steps, and hands the examples to the strategy. Examples whose label is beyond the limit are left out.
     *
     * @param fresh the examples; may be empty, which only counts the micro-batch
     * @param refused records of the micro-batch that were rejected before
     */
    public BatchReport learn(List<Learnable> fresh, int refused) {
        Admission admission = admit(fresh);
        batches++;
        rejected += refused + admission.overLimit().size();
        predict(admission.admitted());
        for (String label : admission.newLabels()) {
            model.addLabel(label, settings.seed());
        }
        BatchReport.Steps steps = BatchReport.Steps.NONE;
        if (admission.admitted().stream().anyMatch(example -> example.weight() > 0)) {
            for (int i = 0; i < settings.stepsPerBatch(); i++) {
                steps = step(admission.admitted());
            }
        }
        strategy.remember(admission.admitted());
        trained += admission.admitted().size();
        return new BatchReport(admission.admitted().size(), admission.overLimit(), steps);
    }

    /** Splits a micro-batch by the limit of labels; indices of the examples beyond it. */
    private record Admission(List<Learnable> admitted, Set<String> newLabels, List<Integer> overLimit) {}

    private Admission admit(List<Learnable> fresh) {
        Set<String> known = new LinkedHashSet<>(model.labels());
        Set<String> added = new LinkedHashSet<>();
        List<Learnable> admitted = new ArrayList<>();
        List<Integer> overLimit = new ArrayList<>();
        for (int i = 0; i < fresh.size(); i++) {
            Learnable example = fresh.get(i);
            if (!known.contains(example.label()) && known.size() >= settings.labelLimit()) {
                overLimit.add(i);
                continue;
            }
            if (known.add(example.label())) {
                added.add(example.label());
            }
            admitted.add(example);
        }
        return new Admission(admitted, added, overLimit);
    }

    private void predict(List<Learnable> examples) {
        if (examples.isEmpty()) {
            return;
        }
        List<Answer> answers =
                model.classify(examples.stream().map(Learnable::encoded).toList());
        for (int i = 0; i < answers.size(); i++) {
            String truth = examples.get(i).label();
            @Nullable String predicted = answers.get(i).label();
            prequential.add(truth.equals(predicted), answers.get(i).probabilityOf(truth));
        }
    }

    private BatchReport.Steps step(List<Learnable> examples) {
        step++;
        double rate = settings.rate().at(step);
        LearningStrategy.Update update = strategy.learn(
                model,
                examples,
                new StepSettings(
                        step,
                        settings.seed(),
                        rate,
                        settings.headRate().at(step),
                        settings.weightDecay(),
                        false,
                        settings.clipNorm()));
        return new BatchReport.Steps(update, rate);
    }

    /** Copies everything as it is now. The caller closes the copy. */
    public LearnerSnapshot snapshot() {
        LearnerState state = new LearnerState(step, batches, trained, rejected, prequential.state(), model.labels());
        return new LearnerSnapshot(state, strategy.saved(), model.snapshot());
    }

    public long step() {
        return step;
    }

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

    public Prequential prequential() {
        return prequential;
    }

    @Override
    public void close() {
        model.close();
    }
}
