package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Bfloat16FamiliesTest {

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "roberta",
                "roberta-masked-lm",
                "distilbert-masked-lm",
                "gpt2",
                "gpt2-classification",
                "llama",
                "llama-classification"
            })
    void computesNearlyTheSameWithEightBitsOfPrecision(String name) throws IOException {
        Path directory = GoldenModels.write(name, temp.resolve("model"));
        float[] wide = logits(directory, ModelOptions.DEFAULTS);
        float[] narrow = logits(directory, ModelOptions.DEFAULTS.withPrecision(Precision.BF16));
        float largest = 0;
        for (float logit : wide) {
            largest = Math.max(largest, Math.abs(logit));
        }
        // a rounding is off by 2^-9 = 0.2 %; a few dozen follow one another
        assertThat(narrow).containsExactly(wide, within(0.05f * largest)).isNotEqualTo(wide);
    }

    private static float[] logits(Path directory, ModelOptions options) {
        Objective objective = Models.objective(directory);
        try (TextModel model = objective.isLanguageModel()
                ? Models.openLanguageModel(directory, objective, options)
                : Models.open(directory, options)) {
            EncodedText text = model.encode(TextInput.of("play some jazz"));
            assertThat(model.features(List.of(text)).get(0))
                    .hasSizeGreaterThan(12)
                    .doesNotContain(Float.NaN);
            return ((LoadedTextModel) model).logitRows(List.of(text))[0];
        }
    }
}
