package io.freshet.cli.input;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code {"id","text","textPair","label","group","task","source","time","attributes","weight"}}, of which only
 * {@code text} is needed. Other fields are ignored. Whether the values are admitted is left to ingest.
 */
final class JsonExample {

    private final ExampleFields fields;

    JsonExample(ExampleFields fields) {
        this.fields = fields;
    }

    /**
     * Reads one object.
     *
     * @param position the id of an object that has none
     */
    LabeledExample read(JsonNode object, String position) throws MalformedFieldException {
        String text = string(object, "text");
        if (text == null) {
            throw new MalformedFieldException("field 'text' is missing; every example needs one");
        }
        String id = string(object, "id");
        String source = string(object, "source");
        return fields.start(id == null ? position : id, text, string(object, "label"))
                .setInput(new TextInput(text, string(object, "textPair")))
                .setGroup(string(object, "group"))
                .setTask(string(object, "task"))
                .setSource(source == null ? fields.source() : source)
                .setAttributes(attributes(object))
                .setEventTime(time(object))
                .setWeight(weight(object))
                .build();
    }

    /** What a node is, for messages. */
    static String kind(JsonNode node) {
        return node.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String string(JsonNode object, String field) throws MalformedFieldException {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw new MalformedFieldException(
                    "field '%s' is a JSON %s; a string is wanted".formatted(field, kind(value)));
        }
        return value.asText();
    }

    private static Map<String, String> attributes(JsonNode object) throws MalformedFieldException {
        JsonNode value = object.path("attributes");
        Map<String, String> attributes = new TreeMap<>();
        if (value.isMissingNode() || value.isNull()) {
            return attributes;
        }
        if (!value.isObject()) {
            throw new MalformedFieldException(
                    "field 'attributes' is a JSON %s; an object of strings is wanted".formatted(kind(value)));
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
                throw new MalformedFieldException("attribute '%s' is a JSON %s; a string is wanted"
                        .formatted(entry.getKey(), kind(entry.getValue())));
            }
            attributes.put(entry.getKey(), entry.getValue().asText());
        }
        return attributes;
    }

    private Instant time(JsonNode object) throws MalformedFieldException {
        JsonNode value = object.path("time");
        if (value.isMissingNode() || value.isNull()) {
            return fields.clock().instant();
        }
        try {
            if (value.isIntegralNumber() && value.canConvertToLong()) {
                return Instant.ofEpochMilli(value.asLong());
            }
            if (value.isTextual()) {
                return Instant.parse(value.asText());
            }
        } catch (DateTimeException e) {
            throw wrongTime(value);
        }
        throw wrongTime(value);
    }

    private static MalformedFieldException wrongTime(JsonNode value) {
        return new MalformedFieldException(
                "field 'time' is %s; milliseconds since the epoch or ISO-8601 such as 2026-01-31T12:00:00Z is wanted"
                        .formatted(value));
    }

    private static double weight(JsonNode object) throws MalformedFieldException {
        JsonNode value = object.path("weight");
        if (value.isMissingNode() || value.isNull()) {
            return 1.0;
        }
        if (!value.isNumber()) {
            throw new MalformedFieldException("field 'weight' is a JSON %s; a number is wanted".formatted(kind(value)));
        }
        return value.asDouble();
    }
}
