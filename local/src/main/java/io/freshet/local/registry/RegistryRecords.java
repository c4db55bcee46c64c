package io.freshet.local.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Records of the topic {@code _schemas} in the JSON that other registries of this protocol write, both ways. */
final class RegistryRecords {

    /** One record of the topic. */
    record Entry(String key, String value) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private RegistryRecords() {}

    static Entry of(SchemaVersion version) {
        ObjectNode key = JSON.createObjectNode()
                .put("keytype", "SCHEMA")
                .put("subject", version.subject())
                .put("version", version.version())
                .put("magic", 1);
        ObjectNode value = JSON.createObjectNode()
                .put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.id())
                .put("schema", version.schema().toString())
                .put("deleted", false);
        return new Entry(key.toString(), value.toString());
    }

    /** @param subject null for the level of subjects that have none of their own */
    static Entry of(@Nullable String subject, CompatibilityLevel level) {
        ObjectNode key = JSON.createObjectNode().put("keytype", "CONFIG");
        key.put("subject", subject);
        key.put("magic", 0);
        return new Entry(
                key.toString(),
                JSON.createObjectNode().put("compatibilityLevel", level.name()).toString());
    }

    /** Folds one record into {@code state}; kinds that this registry never writes are passed over. */
    static void apply(Entry entry, RegistryState state) {
        JsonNode key = parse(entry.key());
        JsonNode value = parse(entry.value());
        switch (key.path("keytype").asText()) {
            case "SCHEMA" ->
                state.add(new SchemaVersion(
                        value.path("subject").asText(),
                        value.path("version").asInt(),
                        value.path("id").asInt(),
                        new Schema.Parser().parse(value.path("schema").asText())));
            case "CONFIG" ->
                CompatibilityLevel.named(value.path("compatibilityLevel").asText())
                        .ifPresent(level -> {
                            if (key.path("subject").isTextual()) {
                                state.setLevel(key.path("subject").asText(), level);
                            } else {
                                state.setGlobalLevel(level);
                            }
                        });
            default -> {
                // NOOP and DELETE_SUBJECT records of other registries
            }
        }
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a record of the topic _schemas is not JSON: " + json, e);
        }
    }
}
