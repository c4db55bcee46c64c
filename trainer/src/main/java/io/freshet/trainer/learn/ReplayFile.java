package io.freshet.trainer.learn;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A memory as lines of JSON: a header {@code {"format":2,"seen":…,"refill":{…}?,"generator":"<16 hex digits>","labels":[…]?}}, then one
 * line an example in the order of the memory's places, {@code {"id","text","textPair","label","weight","at","logits"?}}
 * with the logits as base64 of float32, little-endian. The same memory always gives the same bytes. Format 1, which had
 * neither labels nor {@code at} nor logits, is read too.
 *
 * @param seen examples offered to the memory so far
 * @param refill what a uniform memory makes good after it forgot much
 * @param generator state of the memory's generator
 * @param labels what a balanced memory knows of each label, in the order in which they first came; empty for others
 */
record ReplayFile(long seen, Refill refill, long generator, List<LabelSeen> labels, List<Kept> kept) {

    /** Name of the replay memory's file. */
    static final String NAME = "replay.jsonl";

    private static final int OLDEST_FORMAT = 1;
    private static final int FORMAT = 2;
    private static final JsonMapper JSON = Json.MAPPER;

    /**
     * What a balanced memory knows of a label.
     *
     * @param seen examples of it offered so far
     * @param full whether it ever was the largest of a filled memory
     */
    record LabelSeen(
            @JsonProperty("label") String label,
            @JsonProperty("seen") long seen,
            @JsonProperty("full") boolean full) {}

    /**
     * What a uniform memory makes good after it forgot what a change overturned.
     *
     * @param sampled of how many examples what is kept is a sample, at most those seen
     * @param room places that were left and are filled by the next examples, whatever they are
     */
    record Refill(
            @JsonProperty("sampled") long sampled,
            @JsonProperty("room") int room) {
        Refill {
            if (sampled < 0 || room < 0) {
                throw new IllegalArgumentException("a sample of %d with room for %d more".formatted(sampled, room));
            }
        }
    }

    private record Header(
            @JsonProperty("format") int format,
            @JsonProperty("seen") long seen,

            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("refill") @Nullable
            Refill refill,

            @JsonProperty("generator") String generator,

            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("labels") @Nullable
            List<LabelSeen> labels) {}

    private record Line(
            @JsonProperty("id") String id,
            @JsonProperty("text") String text,
            @JsonProperty("textPair") @Nullable String textPair,
            @JsonProperty("label") @Nullable String label,
            @JsonProperty("weight") double weight,
            @JsonProperty("at") long at,

            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("logits") @Nullable
            String logits) {

        static Line of(Kept kept) {
            Learnable example = kept.example();
            TextInput input = example.input();
            float[] logits = kept.logits();
            return new Line(
                    example.id(),
                    input.text(),
                    input.textPair(),
                    example.label(),
                    example.weight(),
                    kept.at(),
                    logits.length == 0 ? null : Floats.toBase64(logits));
        }

        Kept kept(Function<TextInput, EncodedText> tokenizer) {
            TextInput input = new TextInput(text, textPair);
            return new Kept(
                    new Learnable(id, input, label, weight, tokenizer.apply(input)),
                    at,
                    logits == null ? new float[0] : Floats.fromBase64(logits));
        }
    }

    /** A file of a memory that never had to forget. */
    ReplayFile(long seen, long generator, List<LabelSeen> labels, List<Kept> kept) {
        this(seen, usual(seen), generator, labels, kept);
    }

    ReplayFile {
        labels = List.copyOf(labels);
        kept = List.copyOf(kept);
        if (seen < kept.size()) {
            throw new IllegalArgumentException("%d examples were kept of %d seen".formatted(kept.size(), seen));
        }
    }

    /** Returns the refill of a memory that never had to forget, which is not written. */
    private static Refill usual(long seen) {
        return new Refill(seen, 0);
    }

    /** Writes {@value #NAME}. */
    void write(Path directory) throws IOException {
        write(directory, NAME);
    }

    void write(Path directory, String name) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(directory.resolve(name))) {
            writer.write(JSON.writeValueAsString(new Header(
                    FORMAT,
                    seen,
                    refill.equals(usual(seen)) ? null : refill,
                    Hex.of(generator),
                    labels.isEmpty() ? null : labels)));
            writer.write('\n');
            for (Kept item : kept) {
                writer.write(JSON.writeValueAsString(Line.of(item)));
                writer.write('\n');
            }
        }
    }

    /**
     * Reads a file that {@link #write} wrote.
     *
     * @throws IOException if the file cannot be read or has another format, naming it
     */
    static ReplayFile read(Path file, Function<TextInput, EncodedText> tokenizer) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String first = reader.readLine();
            Header header = JSON.readValue(first == null ? "" : first, Header.class);
            if (header.format < OLDEST_FORMAT || header.format > FORMAT) {
                throw new IOException(
                        "%s has format %d; this version reads %d to %d: resume with the version that wrote it"
                                .formatted(file, header.format, OLDEST_FORMAT, FORMAT));
            }
            List<Kept> kept = new ArrayList<>();
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                kept.add(JSON.readValue(text, Line.class).kept(tokenizer));
            }
            List<LabelSeen> labels = Objects.requireNonNullElse(header.labels, List.of());
            Refill refill = Objects.requireNonNullElse(header.refill, usual(header.seen));
            return new ReplayFile(header.seen, refill, Hex.parse(header.generator), labels, kept);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IOException("%s is not the memory of a trainer: %s".formatted(file, e.getMessage()), e);
        }
    }
}
