package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.model.torch.Continuation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextGeneratorTest {

    private static final Sampling DRAWN = new Sampling(1, 0, 1, 3);

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama", "llama-biases", "llama-3"})
    void goesOnAsIfItReadTheWholeTextAgain(String name) throws IOException {
        Path directory = GoldenModels.write(name, temp.resolve("model"));
        try (LoadedTextModel model = (LoadedTextModel)
                        Models.openLanguageModel(directory, Objective.CAUSAL_LM, ModelOptions.DEFAULTS);
                Continuation piecewise = model.model().begin()) {
            int[] ids = {5, 9, 2, 13, 6, 6, 1, 10};
            float[] last = {};
            for (int[] piece : List.of(new int[] {5, 9, 2}, new int[] {13}, new int[] {6, 6}, new int[] {1, 10})) {
                last = piecewise.read(piece);
            }
            try (Continuation whole = model.model().begin()) {
                assertThat(last).hasSize(14).containsExactly(whole.read(ids), within(1e-5f));
            }
        }
    }

    @Test
    void endsWhereTheModelSaysSo() throws IOException {
        Path directory = GoldenModels.write("gpt2", temp.resolve("model"));
        List<Integer> ids = generate(directory, "hello", Sampling.GREEDY, 4).ids();
        assertThat(ids).hasSize(4);
        config(directory, "{\"eos_token_id\":%d,".formatted(ids.get(0)));
        GeneratedText none = generate(directory, "hello", Sampling.GREEDY, 4);
        assertThat(none.end()).isEqualTo(GeneratedText.End.END_OF_TEXT);
        assertThat(none.ids()).isEmpty();
        assertThat(none.text()).isEmpty();
    }

    @Test
    void takesTheEndFromTheSettingsOfGenerationFirst() throws IOException {
        Path directory = GoldenModels.write("gpt2", temp.resolve("model"));
        List<Integer> ids = generate(directory, "hello", DRAWN, 6).ids();
        config(directory, "{\"eos_token_id\":%d,".formatted(ids.get(0)));
        int end = ids.get(5);
        Files.writeString(
                directory.resolve("generation_config.json"), "{\"eos_token_id\":[%d,%d]}".formatted(end, end));
        GeneratedText text = generate(directory, "hello", DRAWN, 6);
        assertThat(text.end()).isEqualTo(GeneratedText.End.END_OF_TEXT);
        assertThat(text.ids()).isEqualTo(ids.subList(0, ids.indexOf(end)));
        RoundTripTest.resave(directory, temp.resolve("saved"));
        assertThat(temp.resolve("saved/generation_config.json"))
                .hasSameBinaryContentAs(directory.resolve("generation_config.json"));
    }

    @Test
    void endsWhereItsPositionsEnd() throws IOException {
        Path directory = GoldenModels.write("llama", temp.resolve("model"));
        GeneratedText text = generate(directory, "hello", DRAWN, 100);
        assertThat(text.end()).isEqualTo(GeneratedText.End.MAX_POSITIONS);
        assertThat(text.ids())
                .hasSize(8); // 3 tokens of the prompt and 7 more are read at 10 positions; the last is not
    }

    @Test
    void refusesAPromptThatLeavesNoPosition() throws IOException {
        Path directory = GoldenModels.write("llama", temp.resolve("model"));
        assertThatThrownBy(() -> generate(directory, "play some jazz now ".repeat(3), DRAWN, 5))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("10 positions");
    }

    @Test
    void beginsATextOfItsOwnWhereItHasATokenForThat() throws IOException {
        Path directory = GoldenModels.write("llama", temp.resolve("model"));
        assertThatThrownBy(() -> generate(directory, "", DRAWN, 5))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("bos_token_id");
        config(directory, "{\"bos_token_id\":2,");
        assertThat(generate(directory, "", DRAWN, 5).ids()).hasSize(5);
    }

    @Test
    void refusesAnEndThatIsNoToken() throws IOException {
        Path directory = GoldenModels.write("llama", temp.resolve("model"));
        Files.writeString(directory.resolve("generation_config.json"), "{\"eos_token_id\":\"x\"}");
        assertThatThrownBy(() -> generate(directory, "hello", DRAWN, 5))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("generation_config.json: eos_token_id = \"x\" is not a token id");
    }

    @Test
    void givesTheTextOutInPieces() throws IOException {
        Path directory = GoldenModels.write("gpt2", temp.resolve("model"));
        List<String> pieces = new ArrayList<>();
        try (TextGenerator generator = Models.openGenerator(directory, ModelOptions.DEFAULTS)) {
            GeneratedText text = generator.generate("hello", DRAWN, 7, pieces::add);
            assertThat(String.join("", pieces)).isEqualTo(text.text());
            assertThat(pieces).hasSizeGreaterThan(1).doesNotContain("");
        }
    }

    @Test
    void writesInBfloat16() throws IOException {
        Path directory = GoldenModels.write("llama", temp.resolve("model"));
        try (TextGenerator generator =
                Models.openGenerator(directory, ModelOptions.DEFAULTS.withPrecision(Precision.BF16))) {
            assertThat(generator.generate("hello", DRAWN, 5, piece -> {}).ids()).hasSize(5);
        }
    }

    private static GeneratedText generate(Path directory, String prompt, Sampling sampling, int maxTokens) {
        try (TextGenerator generator = Models.openGenerator(directory, ModelOptions.DEFAULTS)) {
            return generator.generate(prompt, sampling, maxTokens, piece -> {});
        }
    }

    private static void config(Path directory, String begin) throws IOException {
        Path file = directory.resolve("config.json");
        Files.writeString(file, Files.readString(file).replaceFirst("\\{", begin));
    }
}
