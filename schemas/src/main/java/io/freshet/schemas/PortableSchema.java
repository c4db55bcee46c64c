package io.freshet.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;

/**
 * The form of a schema that every language registers: without the hint {@code avro.java.string} of generated Java
 * classes, so that a producer that registers the file {@code .avsc} gets the same id.
 */
final class PortableSchema {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STRING_HINT = "avro.java.string";

    private PortableSchema() {}

    static String json(Schema schema) {
        try {
            return withoutHint(JSON.readTree(schema.toString())).toString();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a schema printed itself as something that is not JSON", e);
        }
    }

    private static JsonNode withoutHint(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(STRING_HINT);
            object.properties().forEach(property -> property.setValue(withoutHint(property.getValue())));
            boolean plain = object.size() == 1 && object.path("type").isTextual();
            return plain ? object.get("type") : object;
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withoutHint(array.get(i)));
            }
        }
        return node;
    }
}
