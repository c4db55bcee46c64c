package io.freshet.cli.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.schemas.Label;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Consumer;

/** Reads labels, one JSON object a line: id, label, and where they are said time and source. */
public final class LabelLines {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private LabelLines() {}

    /**
     * Reads a file to its end, in order; blank lines are skipped.
     *
     * @param clock gives the time where a line has none
     * @param labels told of each label
     * @param malformed told, in one sentence, of each line that is none
     */
    public static void read(Path file, Clock clock, Consumer<Label> labels, Consumer<String> malformed)
            throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            long number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                try {
                    labels.accept(label(line, clock));
                } catch (JsonProcessingException e) {
                    malformed.accept("line %d is no label: not JSON: %s".formatted(number, e.getOriginalMessage()));
                } catch (MalformedFieldException e) {
                    malformed.accept("line %d is no label: %s".formatted(number, e.problem()));
                }
            }
        }
    }

    private static Label label(String line, Clock clock) throws JsonProcessingException, MalformedFieldException {
        JsonNode node = MAPPER.readTree(line);
        if (!node.isObject()) {
            throw new MalformedFieldException("a JSON object is wanted, not a JSON " + JsonExample.kind(node));
        }
        JsonNode source = node.path("source");
        return Label.newBuilder()
                .setId(text(node, "id"))
                .setLabel(text(node, "label"))
                .setTime(time(node.path("time"), clock))
                .setSource(source.isTextual() ? source.textValue() : null)
                .build();
    }

    private static String text(JsonNode node, String field) throws MalformedFieldException {
        JsonNode value = node.path(field);
        if (!value.isTextual()) {
            throw new MalformedFieldException("field '%s' is missing or no string".formatted(field));
        }
        return value.textValue();
    }

    private static Instant time(JsonNode value, Clock clock) throws MalformedFieldException {
        if (value.isMissingNode() || value.isNull()) {
            return clock.instant();
        }
        if (value.isIntegralNumber()) {
            return Instant.ofEpochMilli(value.longValue());
        }
        try {
            return Instant.parse(value.asText());
        } catch (DateTimeException e) {
            throw new MalformedFieldException(
                    "'time' is '%s', neither milliseconds nor like 2026-01-01T00:00:00Z".formatted(value.asText()));
        }
    }
}
