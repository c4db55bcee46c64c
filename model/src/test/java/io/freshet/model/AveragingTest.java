package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AveragingTest {

    private static final String NAME = "bert.pooler.dense.weight";
    private static final double DECAY = 0.3;

    @TempDir
    private Path temp;

    private Path fresh;

    @BeforeEach
    void write() throws IOException {
        fresh = TinyModels.initialise(temp.resolve("fresh"));
    }

    @Test
    void writesTheAverageAndKeepsThePlainWeightsForAResume() throws IOException {
        try (TrainableClassifier model = open(fresh, ModelOptions.DEFAULTS)) {
            float[] mean = plain(model, "0").getOrDefault(NAME, new float[0]);
            for (int step = 1; step <= 3; step++) {
                train(model, step, step);
                Path saved = temp.resolve("averaged" + step);
                SavedTensors.save(model, saved);
                float[] weights = SavedTensors.read(saved.resolve("optimizer.safetensors"))
                        .getOrDefault("weight." + NAME, new float[0]);
                // (1 + step) / (10 + step) = 2/11, 3/12, 4/13 is below 0.3 until the third step: 0.3077
                double decay = Math.min(DECAY, (1.0 + step) / (10 + step));
                float[] next = new float[mean.length];
                for (int i = 0; i < next.length; i++) {
                    next[i] = (float) (decay * mean[i] + (1 - decay) * weights[i]);
                }
                mean = next;
                assertThat(SavedTensors.read(saved.resolve("model.safetensors")).get(NAME))
                        .containsExactly(mean, within(1e-6f));
                assertThat(weights).isNotEqualTo(mean);
            }
        }
    }

    @Test
    void answersWithEither() throws IOException {
        try (TrainableClassifier model = open(fresh, ModelOptions.DEFAULTS)) {
            List<EncodedText> texts = TinyModels.TEXTS.stream()
                    .map(text -> model.encode(TextInput.of(text)))
                    .toList();
            assertThat(model.averaged().classify(texts).get(0).probabilities())
                    .containsExactly(model.classify(texts).get(0).probabilities()); // nothing is averaged yet
            train(model, 1, 20);
            float[] plain = model.classify(texts).get(0).probabilities();
            float[] averaged = model.averaged().classify(texts).get(0).probabilities();
            assertThat(averaged).isNotEqualTo(plain);
            SavedTensors.save(model, temp.resolve("saved"));
            try (Classifier saved = Models.open(temp.resolve("saved"), ModelOptions.DEFAULTS)) {
                assertThat(saved.classify(texts).get(0).probabilities()).containsExactly(averaged);
            }
            model.averaged().close(); // does nothing
            model.addLabel("fourth", 7);
            assertThat(model.averaged().labels()).hasSize(4);
            assertThat(model.averaged().classify(texts).get(0).probabilities()).hasSize(4);
        }
    }

    @Test
    void answersNoMoreOnceTheModelIsClosed() {
        Classifier view;
        List<EncodedText> texts;
        try (TrainableClassifier model = open(fresh, ModelOptions.DEFAULTS)) {
            view = model.averaged();
            texts = List.of(model.encode(TextInput.of("hello")));
        }
        assertThatThrownBy(() -> view.classify(texts)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesOnAfterAResumeAsIfItHadNeverStopped(boolean lora) throws IOException {
        ModelOptions options =
                lora ? ModelOptions.DEFAULTS.withTuning(new Tuning.Lora(2, 4, 0.1, List.of())) : ModelOptions.DEFAULTS;
        Path half = temp.resolve("half");
        Path whole = temp.resolve("whole");
        Path resumed = temp.resolve("resumed");
        try (TrainableClassifier model = open(fresh, options)) {
            train(model, 1, 4);
            SavedTensors.save(model, half);
            train(model, 5, 8);
            SavedTensors.save(model, whole);
        }
        try (TrainableClassifier model = Models.resume(half, half, options)) {
            train(model, 5, 8);
            SavedTensors.save(model, resumed);
        }
        for (String file : List.of(lora ? "adapter_model.safetensors" : "model.safetensors", "optimizer.safetensors")) {
            assertThat(resumed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
    }

    @Test
    void goesOnFromThePlainWeightsWhenTheAverageIsDropped() throws IOException {
        Path saved = temp.resolve("saved");
        Path later = temp.resolve("later");
        try (TrainableClassifier model = open(fresh, ModelOptions.DEFAULTS)) {
            train(model, 1, 4);
            SavedTensors.save(model, saved);
        }
        try (TrainableClassifier model = Models.resume(saved, saved, ModelOptions.DEFAULTS)) {
            model.train(TinyModels.batch(model, 8, 5), new StepSettings(5, 11, 0, 0, 0, false, 1));
            SavedTensors.save(model, later);
        }
        assertThat(SavedTensors.read(later.resolve("model.safetensors")).get(NAME))
                .containsExactly(SavedTensors.read(saved.resolve("optimizer.safetensors"))
                        .getOrDefault("weight." + NAME, new float[0]));
        assertThat(SavedTensors.read(later.resolve("optimizer.safetensors")).keySet())
                .noneMatch(name -> name.startsWith("weight."));
    }

    @Test
    void refusesSettingsOutsideTheirRanges() {
        StepSettings settings = TinyModels.settings(1);
        assertThatThrownBy(() -> settings.withAverageDecay(1)).hasMessageContaining("averageDecay 1.0");
        assertThatThrownBy(() -> settings.withLabelSmoothing(Double.NaN)).hasMessageContaining("labelSmoothing NaN");
        assertThatThrownBy(() -> settings.withTokenBudget(-1)).hasMessageContaining("tokenBudget -1");
    }

    private static TrainableClassifier open(Path directory, ModelOptions options) {
        TrainableClassifier model = Models.openTrainable(directory, options);
        TinyModels.addLabels(model);
        return model;
    }

    private Map<String, float[]> plain(TrainableClassifier model, String name) throws IOException {
        SavedTensors.save(model, temp.resolve(name));
        return SavedTensors.read(temp.resolve(name).resolve("model.safetensors"));
    }

    private static void train(TrainableClassifier model, int from, int to) {
        for (int step = from; step <= to; step++) {
            model.train(
                    TinyModels.batch(model, 8, step), TinyModels.settings(step).withAverageDecay(DECAY));
        }
    }
}
