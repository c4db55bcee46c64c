package io.freshet.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.SafeTensorsWriter;
import io.freshet.model.tensor.TensorShape;
import io.freshet.model.tensor.WeightFiles;
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
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;

/** The tiny models of {@code golden.json}, which {@code src/test/python/reference.py} wrote: one or more a family. */
final class GoldenModels {

    private GoldenModels() {}

    static List<JsonNode> all() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        golden().path("cases").forEach(cases::add);
        return cases;
    }

    static JsonNode named(String name) throws IOException {
        return all().stream()
                .filter(one -> one.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Writes a model's directory: its weights follow the formula of {@code weight()} in reference.py. */
    static Path write(String name, Path directory) throws IOException {
        JsonNode model = named(name);
        Files.createDirectories(directory);
        List<String> pieces = new ArrayList<>();
        golden().path("words").forEach(word -> pieces.add(word.asText()));
        Files.writeString(directory.resolve("tokenizer.json"), WordPieceTokenizerJson.of(new WordPieces(pieces)));
        Files.writeString(directory.resolve("config.json"), model.path("config").toPrettyString());
        List<HostTensor> tensors = new ArrayList<>();
        model.path("shapes").properties().forEach(entry -> {
            List<Long> extents = new ArrayList<>();
            entry.getValue().forEach(extent -> extents.add(extent.asLong()));
            tensors.add(weight(entry.getKey(), new TensorShape(extents)));
        });
        SafeTensorsWriter.write(directory.resolve(WeightFiles.SINGLE), tensors, Map.of("format", "pt"));
        return directory;
    }

    /** Writes other tensors into a directory. */
    static void rewrite(Path directory, UnaryOperator<List<HostTensor>> change) throws IOException {
        List<HostTensor> tensors = new ArrayList<>();
        try (WeightFiles files = WeightFiles.open(directory)) {
            for (String name : files.names()) {
                tensors.add(files.read(name));
            }
        }
        SafeTensorsWriter.write(directory.resolve(WeightFiles.SINGLE), change.apply(tensors), Map.of("format", "pt"));
    }

    static HostTensor weight(String name, TensorShape shape) {
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
        try (InputStream in = GoldenModels.class.getResourceAsStream("golden.json")) {
            return new JsonMapper().readTree(Objects.requireNonNull(in));
        }
    }
}
