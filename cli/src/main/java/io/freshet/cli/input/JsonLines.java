package io.freshet.cli.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** One JSON object a line; blank lines are skipped. */
final class JsonLines implements ExampleSource {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final LineReader lines;
    private final JsonExample examples;
    private final Numbering numbering;

    JsonLines(LineReader lines, ExampleFields fields, Numbering numbering) {
        this.lines = lines;
        this.examples = new JsonExample(fields);
        this.numbering = numbering;
    }

    @Override
    public @Nullable InputRecord next() throws IOException {
        Line line = lines.next();
        while (line != null && line.blank()) {
            line = lines.next();
        }
        return line == null ? null : read(line);
    }

    private InputRecord read(Line line) {
        String id = numbering.id(line.number());
        if (line.cut()) {
            return malformed(id, line, "%d bytes are more than %d".formatted(line.size(), Limits.RECORD_BYTES));
        }
        try {
            JsonNode node = MAPPER.readTree(line.text());
            return node.isObject()
                    ? new InputRecord.Example(examples.read(node, id))
                    : malformed(id, line, "a JSON object is wanted, not a JSON " + JsonExample.kind(node));
        } catch (CharacterCodingException e) {
            return malformed(id, line, "not UTF-8");
        } catch (JsonProcessingException e) {
            return malformed(id, line, "not JSON: " + e.getOriginalMessage());
        } catch (MalformedFieldException e) {
            return malformed(id, line, e.problem());
        }
    }

    private static InputRecord malformed(String id, Line line, String problem) {
        return new InputRecord.Malformed(id, line.number(), problem, line.bytes());
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
