package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageModelTest {

    private static final List<String> TEXTS = List.of(
            "please transfer ten dollars to my savings account",
            "what is the weather like today",
            "play some music please",
            "transfer twenty dollars to my checking account");

    @TempDir
    Path temp;

    @Test
    void learnsToFillInHiddenTokens() throws IOException {
        try (TrainableLanguageModel model = model(ModelOptions.DEFAULTS)) {
            double before = bits(model);
            List<TrainingExample> batch = TEXTS.stream()
                    .map(text -> new TrainingExample(model.encode(TextInput.of(text)), null, 1))
                    .toList();
            for (int step = 1; step <= 150; step++) {
                model.train(batch, new StepSettings(step, 7, 3e-3, 3e-3, 0, false, 1));
            }
            assertThat(before).isBetween(model.maxBits() - 1, model.maxBits());
            assertThat(bits(model)).isLessThan(before / 2);
        }
    }

    @Test
    void savesAndResumesWithTheSameScores() throws IOException {
        Path saved = temp.resolve("saved");
        double wanted;
        try (TrainableLanguageModel model = model(ModelOptions.DEFAULTS);
                ModelSnapshot snapshot = model.snapshot()) {
            snapshot.writeModel(saved);
            snapshot.writeOptimizer(saved);
            wanted = bits(model);
        }
        assertThat(Models.objective(saved)).isEqualTo(Objective.MASKED_LM);
        try (LanguageModel model = Models.openLanguageModel(saved, Objective.MASKED_LM, ModelOptions.DEFAULTS)) {
            assertThat(bits(model)).isEqualTo(wanted);
        }
        try (LanguageModel model =
                Models.resumeLanguageModel(saved, saved, Objective.MASKED_LM, ModelOptions.DEFAULTS)) {
            assertThat(bits(model)).isEqualTo(wanted);
        }
        try (TrainableClassifier model = Models.openTrainable(saved, ModelOptions.DEFAULTS)) {
            assertThat(model.labels()).isEmpty(); // the head for tokens is left out, the pooler made anew
        }
    }

    @Test
    void computesInBfloat16NearlyWhatItComputesInFloat32() throws IOException {
        try (TrainableLanguageModel exact = model(ModelOptions.DEFAULTS);
                LanguageModel coarse = Models.openLanguageModel(
                        temp.resolve("fresh"),
                        Objective.MASKED_LM,
                        ModelOptions.DEFAULTS.withPrecision(Precision.BF16))) {
            assertThat(bits(coarse)).isNotEqualTo(bits(exact)).isCloseTo(bits(exact), within(0.02));
        }
    }

    @Test
    void averagesTheOutputsOfEveryLayer() throws IOException {
        try (TrainableLanguageModel model = model(ModelOptions.DEFAULTS)) {
            List<EncodedText> texts =
                    TEXTS.stream().map(text -> model.encode(TextInput.of(text))).toList();
            List<float[]> together = model.features(texts);
            int size = 3 * 32; // embeddings and two layers, 32 wide
            assertThat(together).hasSize(4).allSatisfy(row -> assertThat(row).hasSize(size));
            for (int i = 0; i < texts.size(); i++) {
                assertThat(model.features(List.of(texts.get(i))).get(0))
                        .containsExactly(together.get(i), within(1e-5f));
            }
        }
    }

    private TrainableLanguageModel model(ModelOptions options) throws IOException {
        Path directory = TinyModels.initialise(temp.resolve("fresh"), Objective.MASKED_LM);
        return Models.trainableLanguageModel(directory, Objective.MASKED_LM, options);
    }

    private static double bits(LanguageModel model) {
        List<SeededText> texts = new ArrayList<>();
        for (int seed = 0; seed < 10; seed++) {
            for (String text : TEXTS) {
                texts.add(new SeededText(model.encode(TextInput.of(text)), seed));
            }
        }
        return model.score(texts).stream()
                .mapToDouble(TextScore::bitsPerToken)
                .average()
                .orElseThrow();
    }
}
