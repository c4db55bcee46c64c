package io.freshet.trainer.learn;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.model.EncodedText;
import io.freshet.model.TextInput;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The replay memory as {@code replay.jsonl}: a line {@code {"format":1,"seen":…,"generator":"<16 hex digits>"}}, then one
 * line an example in the order of the memory's places, {@code {"id","text","textPair"?,"label"?,"weight"}}. The same
 * memory always gives the same bytes.
 *
 * @param seen examples offered to the memory so far
 * @param generator state of the memory's generator
 */
record ReplayFile(long seen, long generator, List<Learnable> examples) {

    static final String NAME = "replay.jsonl";
    private static final int FORMAT = 1;
    private static final JsonMapper JSON = Json.MAPPER;

    private record Header(
            @JsonProperty("format") int format,
            @JsonProperty("seen") long seen,
            @JsonProperty("generator") String generator) {}

    private record Line(
            @JsonProperty("id") String id,
            @JsonProperty("text") String text,
            @JsonProperty("textPair") @Nullable String textPair,
            @JsonProperty("label") @Nullable String label,
            @JsonProperty("weight") double weight) {}

    void write(Path directory) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(directory.resolve(NAME))) {
            writer.write(JSON.writeValueAsString(new Header(FORMAT, seen, Hex.of(generator))));
            writer.write('\n');
            for (Learnable example : examples) {
                TextInput input = example.input();
                writer.write(JSON.writeValueAsString(
                        new Line(example.id(), input.text(), input.textPair(), example.label(), example.weight())));
                writer.write('\n');
            }
        }
    }

    /** @throws IOException if the file cannot be read or has another format */
    static ReplayFile read(Path directory, Function<TextInput, EncodedText> tokenizer) throws IOException {
        Path file = directory.resolve(NAME);
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String first = reader.readLine();
            Header header = JSON.readValue(first == null ? "" : first, Header.class);
            if (header.format != FORMAT) {
                throw new IOException("%s has format %d; this version reads %d: resume with the version that wrote it"
                        .formatted(file, header.format, FORMAT));
            }
            List<Learnable> examples = new ArrayList<>();
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                Line line = JSON.readValue(text, Line.class);
                TextInput input = new TextInput(line.text, line.textPair);
                examples.add(new Learnable(line.id, input, line.label, line.weight, tokenizer.apply(input)));
            }
            return new ReplayFile(header.seen, Hex.parse(header.generator), examples);
        }
    }
}
