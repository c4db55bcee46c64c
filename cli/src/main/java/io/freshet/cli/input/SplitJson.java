package io.freshet.cli.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One split of a JSON file {@code {"split": [["text", "label"], …], …}}, as CLINC150 has it, read without holding the
 * file. Where no labels are needed, an element may be {@code ["text"]} or {@code "text"} too. A malformed element keeps
 * its JSON, not its spacing.
 */
final class SplitJson implements ExampleSource {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final JsonParser parser;
    private final Path path;
    private final Domains domains;
    private final ExampleFields fields;
    private final Numbering numbering;
    private final boolean labelled;
    private long position;

    private SplitJson(
            JsonParser parser,
            Path path,
            Domains domains,
            ExampleFields fields,
            Numbering numbering,
            boolean labelled) {
        this.parser = parser;
        this.labelled = labelled;
        this.path = path;
        this.domains = domains;
        this.fields = fields;
        this.numbering = numbering;
    }

    /** Positions the reader at the first element of {@code split}. */
    static SplitJson open(
            InputStream bytes,
            Path path,
            String split,
            Domains domains,
            ExampleFields fields,
            Numbering numbering,
            boolean labelled)
            throws IOException {
        JsonParser parser = MAPPER.createParser(bytes);
        try {
            seek(parser, path, split);
        } catch (JsonProcessingException e) {
            parser.close();
            throw new InputException("%s is not JSON: %s".formatted(path, e.getOriginalMessage()));
        } catch (IOException | InputException e) {
            parser.close();
            throw e;
        }
        return new SplitJson(parser, path, domains, fields, numbering, labelled);
    }

    private static void seek(JsonParser parser, Path path, String split) throws IOException {
        List<String> found = new ArrayList<>();
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new InputException("%s: a JSON object of splits is wanted".formatted(path));
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equals(split) && value == JsonToken.START_ARRAY) {
                return;
            }
            found.add(name);
            parser.skipChildren();
        }
        throw new InputException("%s: no split '%s'; the file has %s; name one with --split"
                .formatted(path, split, String.join(", ", found)));
    }

    @Override
    public @Nullable InputRecord next() throws IOException {
        try {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.END_ARRAY) {
                return null;
            }
            long line = parser.currentTokenLocation().getLineNr();
            return read(MAPPER.readTree(parser), line);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "%s: not JSON from line %d on: %s; nothing behind it can be read"
                            .formatted(
                                    path,
                                    e.getLocation() == null
                                            ? 0
                                            : e.getLocation().getLineNr(),
                                    e.getOriginalMessage()),
                    e);
        }
    }

    private InputRecord read(JsonNode element, long line) {
        String id = numbering.id(position++);
        String bare = labelled ? null : bareText(element);
        if (bare != null) {
            return fields.example(id, bare, null, null);
        }
        if (!element.isArray()
                || element.size() != 2
                || !element.get(0).isTextual()
                || !element.get(1).isTextual()) {
            return new InputRecord.Malformed(
                    id,
                    line,
                    "an array of a text and a label is wanted, not " + JsonExample.kind(element),
                    element.toString().getBytes(StandardCharsets.UTF_8));
        }
        String label = element.get(1).asText();
        return fields.example(id, element.get(0).asText(), label, domains.task(label));
    }

    /** Returns the text of an element without a label, or null where it is not one. */
    private static @Nullable String bareText(JsonNode element) {
        JsonNode text = element.isArray() && element.size() == 1 ? element.get(0) : element;
        return text.isTextual() ? text.asText() : null;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
