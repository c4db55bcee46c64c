package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.model.tensor.HostTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RestraintTest {

    private static final int WIDTH = TinyModels.SHAPE.hidden();
    private static final Tuning LORA = new Tuning.Lora(3, 6, 0.1, List.of());

    @TempDir
    private Path temp;

    private Path fresh;

    @BeforeEach
    void write() throws IOException {
        fresh = TinyModels.initialise(temp.resolve("fresh"));
    }

    /**
     * Li et al., "Explicit inductive bias for transfer learning with convolutional networks", 2018 (L2-SP): the
     * gradient of alpha/2 |w - w0|² is alpha (w - w0).
     */
    @Test
    void pullsTowardsTheHeldWeightsByTheirDistance() throws IOException {
        try (LearningClassifierModel model = open()) {
            model.hold();
            train(model, 1, 5, TinyModels.settings(1));
            Map<String, float[]> weights = model(model, "trained");
            Map<String, float[]> state = optimizer(model, "trained");
            List<TrainingExample> batch = TinyModels.batch(model, 8, 99);
            List<HostTensor> plain = model.gradients(batch, TinyModels.settings(6));
            List<HostTensor> pulled =
                    model.gradients(batch, TinyModels.settings(6).withPull(0.3));
            double farthest = 0;
            for (int i = 0; i < plain.size(); i++) {
                String name = plain.get(i).name();
                float[] held = state.getOrDefault("held." + name, new float[0]);
                float[] now = weights.getOrDefault(name, new float[0]);
                float[] wanted = plain.get(i).toArray();
                for (int k = 0; k < wanted.length; k++) {
                    wanted[k] += 0.3f * (now[k] - held[k]);
                    farthest = Math.max(farthest, Math.abs(now[k] - held[k]));
                }
                assertThat(state.getOrDefault("importance." + name, new float[0]))
                        .hasSameSizeAs(held)
                        .containsOnly(1);
                assertThat(pulled.get(i).toArray()).containsExactly(wanted, within(1e-7f));
            }
            assertThat(farthest).isGreaterThan(1e-3);
        }
    }

    @Test
    void clipsThePulledGradient() throws IOException {
        try (LearningClassifierModel model = open()) {
            model.hold();
            train(model, 1, 5, TinyModels.settings(1));
            List<TrainingExample> batch = TinyModels.batch(model, 8, 99);
            StepSettings settings = TinyModels.settings(6).withPull(50);
            double squares = model.gradients(batch, settings).stream()
                    .flatMap(gradient -> floats(gradient.toArray()))
                    .mapToDouble(value -> (double) value * value)
                    .sum();
            StepResult result = model.step(batch, settings, false);
            assertThat(result.gradientNorm()).isCloseTo(Math.sqrt(squares), within(1e-4));
        }
    }

    @Test
    void comesBackToWhereItWasHeld() throws IOException {
        try (LearningClassifierModel model = open()) {
            model.hold();
            train(model, 1, 10, TinyModels.settings(1));
            double away = distance(model, "away");
            List<TrainingExample> nothing = List.of(new TrainingExample(model.encode(TextInput.of("hello")), "l0", 0));
            for (int step = 11; step <= 60; step++) {
                model.train(nothing, new StepSettings(step, 11, 1e-3, 1e-3, 0, false, 1).withPull(1));
            }
            assertThat(distance(model, "back")).isLessThan(away / 3);
        }
    }

    @Test
    void stepsAsEverWhileNothingIsHeldOrNothingPulls() throws IOException {
        try (LearningClassifierModel plain = open();
                LearningClassifierModel unheld = open();
                LearningClassifierModel unpulled = open()) {
            unpulled.hold();
            train(plain, 1, 3, TinyModels.settings(1));
            train(unheld, 1, 3, TinyModels.settings(1).withPull(9));
            train(unpulled, 1, 3, TinyModels.settings(1));
            SavedTensors.save(plain, temp.resolve("plain"));
            SavedTensors.save(unheld, temp.resolve("unheld"));
            SavedTensors.save(unpulled, temp.resolve("unpulled"));
        }
        for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
            assertThat(temp.resolve("unheld").resolve(file))
                    .hasSameBinaryContentAs(temp.resolve("plain").resolve(file));
        }
        assertThat(temp.resolve("unpulled/model.safetensors"))
                .hasSameBinaryContentAs(temp.resolve("plain/model.safetensors"));
    }

    /**
     * Zheng et al., "Learn or recall? Revisiting incremental learning with pre-trained language models", 2024
     * (SEQ*): the classifiers of old classes stay as they are, and so does the body once it is warm.
     */
    @Test
    void leavesTheFirstRowsOfTheHeadAndTheirMoments() throws IOException {
        try (LearningClassifierModel model = open()) {
            train(model, 1, 3, TinyModels.settings(1));
            Map<String, float[]> weights = model(model, "before");
            Map<String, float[]> state = optimizer(model, "before");
            train(model, 4, 6, TinyModels.settings(1).withFrozenRows(2));
            Map<String, float[]> later = model(model, "after");
            Map<String, float[]> laterState = optimizer(model, "after");
            rows(weights, later, "classifier.weight", 2 * WIDTH);
            rows(weights, later, "classifier.bias", 2);
            for (String moment : List.of("exp_avg.", "exp_avg_sq.")) {
                rows(state, laterState, moment + "classifier.weight", 2 * WIDTH);
                rows(state, laterState, moment + "classifier.bias", 2);
            }
            assertThat(laterState.get("step.classifier.weight")).containsExactly(6);
            assertThat(later.get("bert.pooler.dense.weight")).isNotEqualTo(weights.get("bert.pooler.dense.weight"));
        }
    }

    @Test
    void leavesOutOfTheNormWhatIsFrozen() throws IOException {
        try (LearningClassifierModel model = open()) {
            List<TrainingExample> batch = TinyModels.batch(model, 8, 0);
            StepSettings settings = new StepSettings(1, 11, 0, 0, 0, false, 1);
            double squares = 0;
            for (HostTensor gradient : model.gradients(batch, settings)) {
                int from = gradient.name().equals("classifier.weight")
                        ? 2 * WIDTH
                        : gradient.name().equals("classifier.bias") ? 2 : gradient.toArray().length;
                squares += floats(Arrays.copyOfRange(gradient.toArray(), from, gradient.toArray().length))
                        .mapToDouble(value -> (double) value * value)
                        .sum();
            }
            StepSettings frozen = settings.withFrozenBody(true).withFrozenRows(2);
            assertThat(model.step(batch, frozen, false).gradientNorm()).isCloseTo(Math.sqrt(squares), within(1e-6));
        }
    }

    @Test
    void learnsTheHeadAloneAsWithARateOfZeroForTheBody() throws IOException {
        try (LearningClassifierModel frozen = open();
                LearningClassifierModel still = open()) {
            for (int step = 1; step <= 4; step++) {
                StepSettings settings = new StepSettings(step, 11, 0, 2e-3, 0.01, false, Double.POSITIVE_INFINITY);
                List<TrainingExample> batch = TinyModels.batch(frozen, 8, step);
                still.train(batch, settings);
                frozen.train(
                        batch,
                        new StepSettings(step, 11, 1e-3, 2e-3, 0.01, false, Double.POSITIVE_INFINITY)
                                .withFrozenBody(true));
            }
            SavedTensors.save(frozen, temp.resolve("frozen"));
            SavedTensors.save(still, temp.resolve("still"));
        }
        assertThat(temp.resolve("frozen/model.safetensors"))
                .hasSameBinaryContentAs(temp.resolve("still/model.safetensors"));
        Map<String, float[]> state = SavedTensors.read(temp.resolve("frozen/optimizer.safetensors"));
        assertThat(state.get("exp_avg.bert.pooler.dense.weight")).containsOnly(0);
        assertThat(state.get("step.bert.pooler.dense.weight")).containsExactly(0);
        assertThat(state.get("step.classifier.weight")).containsExactly(4);
    }

    @Test
    void freezesAllRowsUntilALabelIsAdded() throws IOException {
        try (LearningClassifierModel model = open()) {
            StepSettings frozen = TinyModels.settings(1).withFrozenBody(true).withFrozenRows(3);
            Map<String, float[]> before = model(model, "before");
            train(model, 1, 2, frozen);
            assertThat(model(model, "after").get("classifier.weight")).isEqualTo(before.get("classifier.weight"));
            model.addLabel("fourth", 7);
            float[] grown = model(model, "grown").getOrDefault("classifier.weight", new float[0]);
            train(model, 3, 4, frozen);
            float[] learned = model(model, "learned").getOrDefault("classifier.weight", new float[0]);
            assertThat(Arrays.copyOf(learned, 3 * WIDTH)).isEqualTo(before.get("classifier.weight"));
            assertThat(Arrays.copyOfRange(learned, 3 * WIDTH, 4 * WIDTH))
                    .isNotEqualTo(Arrays.copyOfRange(grown, 3 * WIDTH, 4 * WIDTH));
        }
    }

    static Stream<Arguments> runs() {
        return Stream.of(Tuning.FULL, LORA, new Tuning.TopLayers(1))
                .flatMap(tuning -> Stream.of(Precision.FP32, Precision.BF16).map(each -> Arguments.of(tuning, each)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void goesOnAfterAResumeAsIfItHadNeverStopped(Tuning tuning, Precision precision) throws IOException {
        ModelOptions options = ModelOptions.DEFAULTS.withTuning(tuning).withPrecision(precision);
        try (LearningClassifierModel model = open(options)) {
            model.hold();
            everything(model, 1, 4);
            model.addLabel("fourth", 7);
            model.consolidate(TinyModels.batch(model, 5, 77), 0.5);
            model.addLabel("fifth", 7);
            everything(model, 5, 6);
            SavedTensors.save(model, temp.resolve("half"));
            everything(model, 7, 10);
            model.consolidate(TinyModels.batch(model, 3, 78), 0.9);
            model.addLabel("sixth", 7);
            everything(model, 11, 12);
            SavedTensors.save(model, temp.resolve("whole"));
        }
        try (TrainableClassifier model = Models.resume(temp.resolve("half"), temp.resolve("half"), options)) {
            SavedTensors.save(model, temp.resolve("at once"));
            everything(model, 7, 10);
            model.consolidate(TinyModels.batch(model, 3, 78), 0.9);
            model.addLabel("sixth", 7);
            everything(model, 11, 12);
            SavedTensors.save(model, temp.resolve("resumed"));
        }
        String weights = tuning == LORA ? "adapter_model.safetensors" : "model.safetensors";
        for (String file : List.of(weights, "optimizer.safetensors")) {
            assertThat(temp.resolve("at once").resolve(file))
                    .hasSameBinaryContentAs(temp.resolve("half").resolve(file));
            assertThat(temp.resolve("resumed").resolve(file))
                    .hasSameBinaryContentAs(temp.resolve("whole").resolve(file));
        }
    }

    @Test
    void holdsAddedRowsAsTheyBeginAndWithoutImportance() throws IOException {
        try (LearningClassifierModel model = open()) {
            model.hold();
            model.addLabel("fourth", 7);
            float[] begun = model(model, "begun").getOrDefault("classifier.weight", new float[0]);
            train(model, 1, 3, TinyModels.settings(1));
            Map<String, float[]> state = optimizer(model, "held");
            float[] held = state.getOrDefault("held.classifier.weight", new float[0]);
            float[] importance = state.getOrDefault("importance.classifier.weight", new float[0]);
            assertThat(Arrays.copyOfRange(held, 3 * WIDTH, 4 * WIDTH))
                    .isEqualTo(Arrays.copyOfRange(begun, 3 * WIDTH, 4 * WIDTH));
            assertThat(Arrays.copyOf(importance, 3 * WIDTH)).containsOnly(1);
            assertThat(Arrays.copyOfRange(importance, 3 * WIDTH, 4 * WIDTH)).containsOnly(0);
        }
    }

    @Test
    void refusesWhatCannotBe() throws IOException {
        try (LearningClassifierModel model = open()) {
            List<TrainingExample> batch = TinyModels.batch(model, 2, 0);
            assertThatThrownBy(() -> model.train(batch, TinyModels.settings(1).withFrozenRows(4)))
                    .hasMessageContaining("frozenRows 4 is above 3");
            assertThatThrownBy(() -> TinyModels.settings(1).withFrozenRows(-1)).hasMessageContaining("-1 is negative");
            assertThatThrownBy(() -> TinyModels.settings(1).withPull(Double.NaN))
                    .hasMessageContaining("pull NaN");
        }
        Path masked = TinyModels.initialise(temp.resolve("masked"), Objective.MASKED_LM);
        try (TrainableLanguageModel model =
                Models.trainableLanguageModel(masked, Objective.MASKED_LM, ModelOptions.DEFAULTS)) {
            EncodedText text = model.encode(TextInput.of("play some jazz"));
            assertThatThrownBy(() -> model.train(
                            List.of(new TrainingExample(text, null, 1)),
                            TinyModels.settings(1).withFrozenBody(true)))
                    .hasMessageContaining("a language model has no head of labels");
            Guide guide = Guide.recall(new float[] {1}, 1);
            assertThatThrownBy(() ->
                            model.train(List.of(new TrainingExample(text, null, 1, guide)), TinyModels.settings(1)))
                    .hasMessageContaining("only classifiers");
        }
    }

    /** Steps with guides, micro-batches, an average, a pull and, in turn, frozen parts. */
    private static void everything(TrainableClassifier model, int from, int to) {
        for (int step = from; step <= to; step++) {
            StepSettings settings = TinyModels.settings(step)
                    .withTokenBudget(40)
                    .withAverageDecay(0.9)
                    .withPull(0.5)
                    .withFrozenBody(step % 4 == 3)
                    .withFrozenRows(step % 3);
            List<TrainingExample> batch = TinyModels.batch(model, 8, step).stream()
                    .map(example -> new TrainingExample(
                            example.input(), example.label(), 1, Guide.recall(new float[] {0.1f, -0.2f}, 0.5)))
                    .toList();
            model.train(batch, settings);
        }
    }

    private double distance(TrainableClassifier model, String name) throws IOException {
        Map<String, float[]> weights = model(model, name);
        double squares = 0;
        for (Map.Entry<String, float[]> held : optimizer(model, name).entrySet()) {
            if (held.getKey().startsWith("held.")) {
                float[] now = weights.getOrDefault(held.getKey().substring("held.".length()), new float[0]);
                for (int i = 0; i < now.length; i++) {
                    double away = now[i] - held.getValue()[i];
                    squares += away * away;
                }
            }
        }
        return Math.sqrt(squares);
    }

    private static void rows(Map<String, float[]> before, Map<String, float[]> after, String name, int first) {
        float[] old = before.getOrDefault(name, new float[0]);
        float[] young = after.getOrDefault(name, new float[0]);
        assertThat(old).hasSizeGreaterThan(first);
        assertThat(Arrays.copyOf(young, first)).as(name).isEqualTo(Arrays.copyOf(old, first));
        assertThat(Arrays.copyOfRange(young, first, young.length))
                .as(name)
                .isNotEqualTo(Arrays.copyOfRange(old, first, old.length));
    }

    private static Stream<Float> floats(float[] values) {
        Float[] boxed = new Float[values.length];
        Arrays.setAll(boxed, i -> values[i]);
        return Arrays.stream(boxed);
    }

    private LearningClassifierModel open() {
        return open(ModelOptions.DEFAULTS);
    }

    private LearningClassifierModel open(ModelOptions options) {
        LearningClassifierModel model = (LearningClassifierModel) Models.openTrainable(fresh, options);
        TinyModels.addLabels(model);
        return model;
    }

    private static void train(TrainableClassifier model, int from, int to, StepSettings settings) {
        for (int step = from; step <= to; step++) {
            StepSettings each = TinyModels.settings(step).withRestraint(settings.restraint());
            model.train(TinyModels.batch(model, 8, step), each);
        }
    }

    private Map<String, float[]> model(TrainableClassifier model, String name) throws IOException {
        SavedTensors.save(model, temp.resolve(name));
        return SavedTensors.read(temp.resolve(name).resolve("model.safetensors"));
    }

    private Map<String, float[]> optimizer(TrainableClassifier model, String name) throws IOException {
        SavedTensors.save(model, temp.resolve(name));
        return SavedTensors.read(temp.resolve(name).resolve("optimizer.safetensors"));
    }
}
