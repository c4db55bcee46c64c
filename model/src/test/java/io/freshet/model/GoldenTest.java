package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.SafeTensorsWriter;
import io.freshet.model.tensor.TensorShape;
import io.freshet.model.text.WordPieceTokenizerJson;
import io.freshet.model.text.WordPieces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32;
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
        List<String> names = new ArrayList<>();
        golden().path("cases").forEach(one -> names.add(one.path("name").asText()));
        return names.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computesTheSameLogitsAfterSavingAndLoading(String name) throws IOException {
        JsonNode golden = golden();
        for (JsonNode one : golden.path("cases")) {
            if (one.path("name").asText().equals(name)) {
                Path written = write(golden.path("words"), one);
                Path saved = resave(written, temp.resolve("saved"));
                compare(saved, one.path("rows"));
                Path again = resave(saved, temp.resolve("again"));
                for (String file : List.of("model.safetensors", "config.json")) {
                    assertThat(again.resolve(file)).hasSameBinaryContentAs(saved.resolve(file));
                }
                assertThat(RoundTripTest.tensors(saved)).isEqualTo(RoundTripTest.tensors(written));
            }
        }
    }

    private static Path resave(Path from, Path to) throws IOException {
        RoundTripTest.resave(from, to);
        return to;
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
                float[] logits = ((LoadedTextModel) model).logits(List.of(text))[0];
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

    private Path write(JsonNode words, JsonNode one) throws IOException {
        Path directory = Files.createDirectory(temp.resolve("written"));
        List<String> pieces = new ArrayList<>();
        words.forEach(word -> pieces.add(word.asText()));
        Files.writeString(directory.resolve("tokenizer.json"), WordPieceTokenizerJson.of(new WordPieces(pieces)));
        Files.writeString(directory.resolve("config.json"), one.path("config").toString());
        List<HostTensor> tensors = new ArrayList<>();
        one.path("shapes").properties().forEach(entry -> {
            List<Long> extents = new ArrayList<>();
            entry.getValue().forEach(extent -> extents.add(extent.asLong()));
            tensors.add(weight(entry.getKey(), new TensorShape(extents)));
        });
        SafeTensorsWriter.write(directory.resolve("model.safetensors"), tensors, Map.of());
        return directory;
    }

    /** The formula of {@code weight()} in reference.py. */
    private static HostTensor weight(String name, TensorShape shape) {
        CRC32 checksum = new CRC32();
        checksum.update(name.getBytes(StandardCharsets.UTF_8));
        long state = checksum.getValue() & 0x7FFFFFFF;
        float shift = name.toLowerCase(Locale.ROOT).contains("norm") && name.endsWith(".weight") ? 1 : 0;
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            state = (1103515245L * state + 12345) & 0x7FFFFFFF;
            values[i] = (float) ((state >> 8) / 8388608.0 - 0.5 + shift);
        }
        return HostTensor.of(name, shape, values);
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = GoldenTest.class.getResourceAsStream("golden.json")) {
            return new JsonMapper().readTree(Objects.requireNonNull(in));
        }
    }
}
