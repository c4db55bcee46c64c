package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Adapters on every family's usual projections: unmerged, merged on loading, and merged into a directory. */
class LoraFamiliesTest {

    private static final ModelOptions OPTIONS = ModelOptions.DEFAULTS.withTuning(new Tuning.Lora(3, 6, 0.1, List.of()));
    private static final List<String> TEXTS = List.of("a first text", "what a second text this is, and longer");

    @TempDir
    private Path temp;

    @ParameterizedTest
    @CsvSource({
        "bert-classification, attention.self.query, '[query, value]', 32, 32, false",
        "distilbert-classification, attention.q_lin, '[q_lin, v_lin]', 32, 32, false",
        "roberta-classification, attention.self.value, '[query, value]', 32, 32, false",
        "gpt2-classification, attn.c_attn, [c_attn], 32, 96, true"
    })
    void classifiesMergedAsUnmerged(
            String fixture, String module, String targets, long in, long out, boolean transposed) throws IOException {
        Path base = Fixtures.shared("fixtures/" + fixture);
        Path saved = temp.resolve("saved");
        float[][] wanted;
        try (TrainableClassifier model = Models.openTrainable(base, OPTIONS)) {
            List<TrainingExample> batch = TEXTS.stream()
                    .map(text -> new TrainingExample(
                            model.encode(TextInput.of(text)), model.labels().get(text.length() % 2), 1))
                    .toList();
            learn(model, batch);
            SavedTensors.save(model, saved);
            wanted = logits(model);
        }
        assertThat(saved.resolve("model.safetensors")).hasSameBinaryContentAs(base.resolve("model.safetensors"));
        String config = Files.readString(saved.resolve("adapter_config.json"));
        assertThat(config).contains("\"fan_in_fan_out\" : " + transposed);
        assertThat(config.replace("\"", "").replace("[ ", "[").replace(" ]", "]"))
                .contains(targets);
        var shapes = SavedTensors.shapes(saved.resolve("adapter_model.safetensors"));
        assertThat(shapes.keySet()).anyMatch(name -> name.endsWith(module + ".lora_A.weight"));
        shapes.forEach((name, shape) -> {
            if (name.contains("lora_A")) {
                assertThat(shape).containsExactly(3L, in);
            } else if (name.contains("lora_B")) {
                assertThat(shape).containsExactly(out, 3L);
            }
        });
        Path merged = temp.resolve("merged");
        Models.merge(saved, Optional.empty(), merged);
        for (Path directory : List.of(saved, merged)) {
            try (Classifier model = Models.open(directory, ModelOptions.DEFAULTS)) {
                float[][] found = logits(model);
                for (int i = 0; i < wanted.length; i++) {
                    assertThat(found[i]).containsExactly(wanted[i], within(1e-5f));
                }
            }
        }
        try (TrainableClassifier resumed = Models.resume(saved, saved, OPTIONS)) {
            assertThat(logits(resumed)).isDeepEqualTo(wanted);
        }
    }

    @ParameterizedTest
    @CsvSource({"llama-causal-lm, q_proj", "gpt2-causal-lm, c_attn"})
    void scoresMergedAsUnmerged(String fixture, String module) throws IOException {
        Path saved = temp.resolve("saved");
        List<Double> wanted;
        try (TrainableLanguageModel model =
                Models.trainableLanguageModel(Fixtures.shared("fixtures/" + fixture), Objective.CAUSAL_LM, OPTIONS)) {
            learn(
                    model,
                    TEXTS.stream()
                            .map(text -> new TrainingExample(model.encode(TextInput.of(text)), null, 1))
                            .toList());
            SavedTensors.save(model, saved);
            wanted = bits(model);
        }
        assertThat(SavedTensors.shapes(saved.resolve("adapter_model.safetensors"))
                        .keySet())
                .isNotEmpty()
                .allMatch(name -> name.contains(".lora_"))
                .anyMatch(name -> name.contains(module));
        assertThat(Files.readString(saved.resolve("adapter_config.json"))).contains("\"CAUSAL_LM\"");
        Path merged = temp.resolve("merged");
        Models.merge(saved, Optional.empty(), merged);
        for (Path directory : List.of(saved, merged)) {
            try (LanguageModel model =
                    Models.openLanguageModel(directory, Objective.CAUSAL_LM, ModelOptions.DEFAULTS)) {
                List<Double> found = bits(model);
                for (int i = 0; i < wanted.size(); i++) {
                    assertThat(found.get(i)).isCloseTo(wanted.get(i), within(1e-5));
                }
            }
        }
    }

    private static void learn(Trainable model, List<TrainingExample> batch) {
        for (int step = 1; step <= 10; step++) {
            model.train(batch, new StepSettings(step, 3, 1e-2, 1e-2, 0, false, 1));
        }
    }

    private static float[][] logits(Classifier model) {
        return ((LoadedTextModel) model)
                .logitRows(TEXTS.stream()
                        .map(text -> model.encode(TextInput.of(text)))
                        .toList());
    }

    private static List<Double> bits(LanguageModel model) {
        return model
                .score(TEXTS.stream()
                        .map(text -> new SeededText(model.encode(TextInput.of(text)), 1))
                        .toList())
                .stream()
                .map(TextScore::bitsPerToken)
                .toList();
    }
}
