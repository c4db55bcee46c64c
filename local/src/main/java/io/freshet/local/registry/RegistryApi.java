package io.freshet.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Answers the requests of the protocol, the deleting ones excepted, from a {@link RegistryState}. Not thread-safe. */
final class RegistryApi {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final RegistryState state;
    private final Consumer<RegistryRecords.Entry> append;

    /** @param append makes a record safe; its change is in {@code state} when it returns */
    RegistryApi(RegistryState state, Consumer<RegistryRecords.Entry> append) {
        this.state = state;
        this.append = append;
    }

    ArrayNode types() {
        return JSON.arrayNode().add("AVRO");
    }

    ObjectNode schemaOf(String id) {
        return JSON.objectNode().put("schema", schema(id).toString());
    }

    JsonNode subjectsOf(String id) {
        schema(id);
        ArrayNode answer = JSON.arrayNode();
        state.usesOf(number(id)).stream().map(SchemaVersion::subject).distinct().forEach(answer::add);
        return answer;
    }

    JsonNode versionsOf(String id) {
        schema(id);
        ArrayNode answer = JSON.arrayNode();
        state.usesOf(number(id))
                .forEach(use -> answer.addObject().put("subject", use.subject()).put("version", use.version()));
        return answer;
    }

    ArrayNode subjects() {
        ArrayNode answer = JSON.arrayNode();
        state.subjects().forEach(answer::add);
        return answer;
    }

    ArrayNode versions(String subject) {
        ArrayNode answer = JSON.arrayNode();
        known(subject).forEach(version -> answer.add(version.version()));
        return answer;
    }

    ObjectNode version(String subject, String version) {
        return describe(select(subject, version));
    }

    /** The version of the subject that equals the schema asked about. */
    ObjectNode lookUp(String subject, JsonNode body) {
        Schema schema = schema(body);
        known(subject);
        return describe(state.find(subject, schema).orElseThrow(RegistryError::noSuchSchema));
    }

    ObjectNode register(String subject, JsonNode body) {
        Schema schema = schema(body);
        int id = state.find(subject, schema).map(SchemaVersion::id).orElseGet(() -> {
            List<String> objections = state.objections(subject, schema);
            if (!objections.isEmpty()) {
                throw RegistryError.incompatible(subject, String.join("; ", objections));
            }
            SchemaVersion next = state.next(subject, schema);
            append.accept(RegistryRecords.of(next));
            return next.id();
        });
        return JSON.objectNode().put("id", id);
    }

    /** Whether the schema gets on with all earlier versions as the subject's level wants. */
    ObjectNode compatibleWithAll(String subject, JsonNode body) {
        known(subject);
        return compatibility(state.objections(subject, schema(body)));
    }

    /** Whether the schema gets on with one earlier version. */
    ObjectNode compatibleWith(String subject, String version, JsonNode body) {
        CompatibilityLevel level = state.levelOf(subject).orElse(state.globalLevel());
        return compatibility(
                level.objections(schema(body), List.of(select(subject, version).schema())));
    }

    ObjectNode level() {
        return JSON.objectNode().put("compatibilityLevel", state.globalLevel().name());
    }

    ObjectNode level(String subject, boolean defaultToGlobal) {
        CompatibilityLevel level = state.levelOf(subject).orElseGet(() -> {
            if (!defaultToGlobal) {
                throw RegistryError.noLevel(subject);
            }
            return state.globalLevel();
        });
        return JSON.objectNode().put("compatibilityLevel", level.name());
    }

    /** @param subject null for the level of subjects that have none of their own */
    ObjectNode setLevel(@Nullable String subject, JsonNode body) {
        String name = body.path("compatibility").asText();
        CompatibilityLevel level = CompatibilityLevel.named(name).orElseThrow(() -> RegistryError.invalidLevel(name));
        append.accept(RegistryRecords.of(subject, level));
        return JSON.objectNode().put("compatibility", level.name());
    }

    private List<SchemaVersion> known(String subject) {
        List<SchemaVersion> versions = state.versions(subject);
        if (versions.isEmpty()) {
            throw RegistryError.noSuchSubject(subject);
        }
        return versions;
    }

    private SchemaVersion select(String subject, String version) {
        List<SchemaVersion> versions = known(subject);
        if (version.equals("latest") || version.equals("-1")) {
            return versions.get(versions.size() - 1);
        }
        if (!version.matches("[1-9][0-9]{0,8}")) {
            throw RegistryError.invalidVersion(version);
        }
        return versions.stream()
                .filter(candidate -> candidate.version() == Integer.parseInt(version))
                .findFirst()
                .orElseThrow(() -> RegistryError.noSuchVersion(version));
    }

    private Schema schema(String id) {
        return state.schema(number(id)).orElseThrow(RegistryError::noSuchSchema);
    }

    private static int number(String id) {
        if (!id.matches("[0-9]{1,9}")) {
            throw RegistryError.badRequest("'%s' is not a schema id".formatted(id));
        }
        return Integer.parseInt(id);
    }

    private static Schema schema(JsonNode body) {
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO") || !body.path("references").isEmpty()) {
            throw RegistryError.invalidSchema("only self-contained Avro schemas are kept here, not " + type);
        }
        try {
            return new Schema.Parser().parse(body.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw RegistryError.invalidSchema(String.valueOf(e.getMessage()));
        }
    }

    private static ObjectNode compatibility(List<String> objections) {
        ObjectNode answer = JSON.objectNode().put("is_compatible", objections.isEmpty());
        ArrayNode messages = answer.putArray("messages");
        objections.forEach(messages::add);
        return answer;
    }

    private static ObjectNode describe(SchemaVersion version) {
        return JSON.objectNode()
                .put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.id())
                .put("schema", version.schema().toString());
    }
}
