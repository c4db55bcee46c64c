package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Logits of saved models against {@code golden.json}, which {@code src/test/python/reference.py} computed in double
 * precision with numpy, an implementation that agrees with transformers within 1e-6.
 */
class GoldenTest {

    @TempDir
    private Path temp;

    static Stream<String> cases() throws IOException {
        return GoldenModels.all().stream().map(one -> one.path("name").asText());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computesTheSameLogitsAfterSavingAndLoading(String name) throws IOException {
        Path written = GoldenModels.write(name, temp.resolve("written"));
        Path saved = temp.resolve("saved");
        RoundTripTest.resave(written, saved);
        compare(saved, GoldenModels.named(name).path("rows"));
        Path again = temp.resolve("again");
        RoundTripTest.resave(saved, again);
        for (String file : List.of("model.safetensors", "config.json")) {
            assertThat(again.resolve(file)).hasSameBinaryContentAs(saved.resolve(file));
        }
        assertThat(saved.resolve("model.safetensors")).hasSameBinaryContentAs(written.resolve("model.safetensors"));
    }

    private static void compare(Path saved, JsonNode rows) {
        Objective objective = Models.objective(saved);
        try (TextModel model = objective.isLanguageModel()
                ? Models.openLanguageModel(saved, objective, ModelOptions.DEFAULTS)
                : Models.open(saved, ModelOptions.DEFAULTS)) {
            assertThat(rows).hasSize(4);
            for (JsonNode row : rows) {
                EncodedText text = model.encode(TextInput.of(row.path("text").asText()));
                assertThat(text.length()).isEqualTo(row.path("ids").size());
                float[] logits = ((LoadedTextModel) model).logitRows(List.of(text))[0];
                List<Double> wanted = new ArrayList<>();
                flatten(row.path("logits"), wanted);
                assertThat(logits).hasSize(wanted.size());
                for (int i = 0; i < logits.length; i++) {
                    // float32 against double over two layers: some 1e-7; 1e-5 is what the product promises
                    assertThat((double) logits[i]).isCloseTo(wanted.get(i), within(1e-5));
                }
            }
        }
    }

    /** A row a token for language models, one row for classifiers. */
    private static void flatten(JsonNode node, List<Double> into) {
        if (node.isArray()) {
            node.forEach(child -> flatten(child, into));
        } else {
            into.add(node.asDouble());
        }
    }
}
