package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.SafeTensorsWriter;
import io.freshet.model.tensor.TensorShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Adapters in PEFT's files, whose logits {@code src/test/python/adapters.py} computed in double precision with numpy from
 * the format's description: merged on loading, and beside their matrices.
 */
class AdapterGoldenTest {

    @TempDir
    private Path temp;

    static Stream<String> cases() throws IOException {
        return golden().stream().map(one -> one.path("name").asText());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computesTheSameLogitsMergedAndUnmerged(String name) throws IOException {
        JsonNode adapter = golden().stream()
                .filter(one -> one.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
        Path directory = write(name, adapter);
        Objective objective = Models.objective(directory);
        List<String> targets = new ArrayList<>();
        adapter.path("adapter").path("target_modules").forEach(target -> targets.add(target.asText()));
        ModelOptions options = ModelOptions.DEFAULTS.withTuning(new Tuning.Lora(2, 3, 0, targets));
        try (TextModel merged = objective.isLanguageModel()
                        ? Models.openLanguageModel(directory, objective, ModelOptions.DEFAULTS)
                        : Models.open(directory, ModelOptions.DEFAULTS);
                TextModel unmerged = objective.isLanguageModel()
                        ? Models.trainableLanguageModel(directory, objective, options)
                        : Models.openTrainable(directory, options)) {
            assertThat(adapter.path("rows")).hasSize(4);
            for (JsonNode row : adapter.path("rows")) {
                compare(merged, row);
                compare(unmerged, row);
            }
        }
    }

    private static void compare(TextModel model, JsonNode row) {
        EncodedText text = model.encode(TextInput.of(row.path("text").asText()));
        float[] logits = ((LoadedTextModel) model).logitRows(List.of(text))[0];
        assertThat(logits).hasSize(row.path("logits").size());
        for (int i = 0; i < logits.length; i++) {
            // float32 against double over two layers: some 1e-7; 1e-5 is what the product promises
            assertThat((double) logits[i]).isCloseTo(row.path("logits").get(i).asDouble(), within(1e-5));
        }
    }

    private Path write(String name, JsonNode adapter) throws IOException {
        Path directory = GoldenModels.write(name, temp.resolve("model"));
        Files.writeString(
                directory.resolve("adapter_config.json"),
                adapter.path("adapter").toPrettyString());
        List<HostTensor> tensors = new ArrayList<>();
        adapter.path("shapes").properties().forEach(entry -> {
            List<Long> extents = new ArrayList<>();
            entry.getValue().forEach(extent -> extents.add(extent.asLong()));
            tensors.add(GoldenModels.weight(entry.getKey(), new TensorShape(extents)));
        });
        SafeTensorsWriter.write(directory.resolve("adapter_model.safetensors"), tensors, Map.of("format", "pt"));
        return directory;
    }

    private static List<JsonNode> golden() throws IOException {
        try (InputStream in = AdapterGoldenTest.class.getResourceAsStream("adapters.json")) {
            List<JsonNode> cases = new ArrayList<>();
            new JsonMapper().readTree(Objects.requireNonNull(in)).path("cases").forEach(cases::add);
            return cases;
        }
    }
}
