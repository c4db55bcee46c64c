package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.WeightFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Aljundi et al., "Online continual learning with maximally interfered retrieval", 2019: against losses of a
 * second model, into whose files the step w - rate * gradient was written. Both are of float32: 1e-5 apart at most.
 */
class InterferenceTest {

    private static final double RATE = 0.05;
    private static final double HEAD_RATE = 0.2;

    @TempDir
    private Path temp;

    private Path start;

    @BeforeEach
    void write() throws IOException {
        start = temp.resolve("start");
        try (TrainableClassifier model =
                Models.openTrainable(TinyModels.initialise(temp.resolve("fresh")), ModelOptions.DEFAULTS)) {
            TinyModels.addLabels(model);
            for (int step = 1; step <= 5; step++) {
                model.train(TinyModels.batch(model, 8, step), TinyModels.settings(step));
            }
            SavedTensors.save(model, start);
        }
    }

    @Test
    void tellsWhatAnActualStepDoesToEachKeptExample() throws IOException {
        List<Double> found;
        List<Double> before;
        try (LearningClassifierModel model = open(start)) {
            List<TrainingExample> fresh = fresh(model);
            before = losses(model);
            found = model.interference(fresh, settings(), kept(model));
            step(model.gradients(fresh, settings()), RATE, HEAD_RATE);
        }
        try (LearningClassifierModel after = open(temp.resolve("moved"))) {
            List<Double> later = losses(after);
            for (int i = 0; i < found.size(); i++) {
                assertThat(found.get(i)).isCloseTo(later.get(i) - before.get(i), within(1e-5));
            }
        }
        assertThat(found).hasSize(6).anyMatch(change -> change > 1e-2).anyMatch(change -> change < -1e-2);
    }

    @Test
    void leavesOutWhatTheStepFreezes() throws IOException {
        List<Double> head;
        List<Double> none;
        try (LearningClassifierModel model = open(start)) {
            StepSettings frozen = settings().withFrozenBody(true);
            head = model.interference(fresh(model), frozen, kept(model));
            none = model.interference(fresh(model), frozen.withFrozenRows(3), kept(model));
            List<Double> noRate =
                    model.interference(fresh(model), new StepSettings(1, 11, 0, HEAD_RATE, 0, false, 1), kept(model));
            assertThat(noRate).isEqualTo(head);
        }
        assertThat(head).anyMatch(change -> Math.abs(change) > 1e-3);
        assertThat(none).containsOnly(0.0);
    }

    @Test
    void changesNothing() throws IOException {
        try (LearningClassifierModel model = open(start)) {
            model.hold();
            SavedTensors.save(model, temp.resolve("before"));
            model.interference(fresh(model), settings().withPull(1).withFrozenRows(1), kept(model));
            SavedTensors.save(model, temp.resolve("after"));
            model.train(fresh(model), settings());
            SavedTensors.save(model, temp.resolve("one"));
        }
        try (LearningClassifierModel model = open(start)) {
            model.hold();
            model.train(fresh(model), settings());
            SavedTensors.save(model, temp.resolve("other"));
        }
        for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
            assertThat(temp.resolve("after").resolve(file))
                    .hasSameBinaryContentAs(temp.resolve("before").resolve(file));
            assertThat(temp.resolve("one").resolve(file))
                    .hasSameBinaryContentAs(temp.resolve("other").resolve(file));
        }
    }

    @Test
    void isTheSameHoweverTheFreshExamplesAreCut() throws IOException {
        try (LearningClassifierModel model = open(start)) {
            List<Double> whole = model.interference(fresh(model), settings(), kept(model));
            List<Double> cut = model.interference(fresh(model), settings().withTokenBudget(20), kept(model));
            for (int i = 0; i < whole.size(); i++) {
                assertThat(cut.get(i)).isCloseTo(whole.get(i), within(1e-5));
            }
        }
    }

    @Test
    void isNothingWhereTheGradientIsNotFinite() throws IOException {
        try (LearningClassifierModel model = open(start)) {
            TrainingExample endless = new TrainingExample(model.encode(TextInput.of("hello")), "l0", 1e300);
            assertThat(model.interference(List.of(endless), settings(), kept(model)))
                    .hasSize(6)
                    .containsOnly(0.0);
            assertThat(model.interference(fresh(model), settings(), List.of())).isEmpty();
        }
    }

    private static LearningClassifierModel open(Path directory) {
        return (LearningClassifierModel) Models.openTrainable(directory, ModelOptions.DEFAULTS);
    }

    private static StepSettings settings() {
        return new StepSettings(1, 11, RATE, HEAD_RATE, 0.5, true, 0.1);
    }

    /** With a guide, for the step is on the loss that the step would have. */
    private static List<TrainingExample> fresh(TrainableClassifier model) {
        return TinyModels.batch(model, 6, 42).stream()
                .map(example ->
                        new TrainingExample(example.input(), "l2", 1, Guide.recall(new float[] {0.5f, 0.1f}, 0.3)))
                .toList();
    }

    private static List<TrainingExample> kept(TrainableClassifier model) {
        List<TrainingExample> kept = new ArrayList<>();
        for (int i = 0; i < TinyModels.TEXTS.size(); i++) {
            kept.add(new TrainingExample(model.encode(TextInput.of(TinyModels.TEXTS.get(i))), "l" + i % 3, 0));
        }
        return kept;
    }

    /** Cross-entropy of each kept example, by a step of its own that learns nothing. */
    private static List<Double> losses(LearningClassifierModel model) {
        StepSettings none = new StepSettings(1, 11, 0, 0, 0, false, 1);
        return kept(model).stream()
                .map(example -> new TrainingExample(example.input(), example.label(), 1))
                .map(example -> model.step(List.of(example), none, false).loss())
                .toList();
    }

    /** Writes the start, moved against gradients, into the directory "moved". */
    private void step(List<HostTensor> gradients, double rate, double headRate) throws IOException {
        Path moved = temp.resolve("moved");
        try (TrainableClassifier model = Models.openTrainable(start, ModelOptions.DEFAULTS)) {
            SavedTensors.save(model, moved);
        }
        GoldenModels.rewrite(moved, tensors -> {
            List<HostTensor> after = new ArrayList<>();
            for (HostTensor tensor : tensors) {
                float[] values = tensor.toArray();
                gradients.stream()
                        .filter(gradient -> gradient.name().equals(tensor.name()))
                        .forEach(gradient -> {
                            float[] slopes = gradient.toArray();
                            double each = tensor.name().startsWith("classifier.") ? headRate : rate;
                            for (int i = 0; i < values.length; i++) {
                                values[i] -= (float) (each * slopes[i]);
                            }
                        });
                after.add(HostTensor.of(tensor.name(), tensor.shape(), values));
            }
            return after;
        });
        assertThat(moved.resolve(WeightFiles.SINGLE)).exists();
    }
}
