package io.freshet.local.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The protocol without a broker and without HTTP: the records go into a list. */
final class RegistryRoutesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<RegistryRecords.Entry> records = new ArrayList<>();
    private final RegistryState state = new RegistryState();
    private final RegistryRoutes routes = routes(state, records);

    @Test
    void aSchemaIsFoundByItsIdItsVersionAndItself() throws Exception {
        assertThat(register("things-value", Schemas.NAME)).isEqualTo(1);

        assertThat(get("schemas/ids/1").path("schema").asText()).isEqualTo(Schemas.NAME.toString());
        JsonNode version = get("subjects/things-value/versions/1");
        assertThat(version).isEqualTo(get("subjects/things-value/versions/latest"));
        assertThat(version).isEqualTo(post("subjects/things-value", body(Schemas.NAME)));
        assertThat(version.path("subject").asText()).isEqualTo("things-value");
        assertThat(version.path("version").asInt()).isEqualTo(1);
        assertThat(version.path("id").asInt()).isEqualTo(1);
        assertThat(get("subjects")).isEqualTo(JSON.readTree("[\"things-value\"]"));
        assertThat(get("subjects/things-value/versions")).isEqualTo(JSON.readTree("[1]"));
        assertThat(get("schemas/ids/1/versions"))
                .isEqualTo(JSON.readTree("[{\"subject\":\"things-value\",\"version\":1}]"));
        assertThat(get("schemas/ids/1/subjects")).isEqualTo(JSON.readTree("[\"things-value\"]"));
    }

    @Test
    void registeringAgainWritesNothing() {
        int first = register("things-value", Schemas.NAME);
        int written = records.size();

        assertThat(register("things-value", Schemas.NAME)).isEqualTo(first);
        assertThat(records).hasSize(written);
    }

    @Test
    void subjectsShareTheIdOfASchema() {
        int id = register("things-value", Schemas.NAME);

        assertThat(register("others-value", Schemas.NAME)).isEqualTo(id);
        assertThat(register("others-value", Schemas.NAME_AND_OPTIONAL_SIZE)).isEqualTo(id + 1);
        assertThat(get("subjects/others-value/versions/2").path("id").asInt()).isEqualTo(id + 1);
    }

    @Test
    void withoutALevelOfItsOwnASubjectIsHeldToFullTransitive() {
        register("things-value", Schemas.NAME);

        assertThat(failure("POST", "subjects/things-value/versions", body(Schemas.NAME_AND_SIZE)))
                .satisfies(error -> assertThat(error.status()).isEqualTo(409))
                .hasMessageContaining("things-value")
                .hasMessageContaining("size");
        assertThat(get("config").path("compatibilityLevel").asText()).isEqualTo("FULL_TRANSITIVE");
    }

    @Test
    void aSubjectsOwnLevelGoesBeforeTheGlobalOne() throws Exception {
        register("things-value", Schemas.NAME);
        assertThat(failure("GET", "config/things-value", "{}").code()).isEqualTo(40408);
        assertThat(answer("GET", "config/things-value", "defaultToGlobal=true", "{}")
                        .path("compatibilityLevel")
                        .asText())
                .isEqualTo("FULL_TRANSITIVE");

        JsonNode set = answer("PUT", "config/things-value", "", "{\"compatibility\":\"FORWARD\"}");

        assertThat(set).isEqualTo(JSON.readTree("{\"compatibility\":\"FORWARD\"}"));
        assertThat(get("config/things-value").path("compatibilityLevel").asText())
                .isEqualTo("FORWARD");
        assertThat(register("things-value", Schemas.NAME_AND_SIZE)).isEqualTo(2);
    }

    @Test
    void theGlobalLevelCanBeSet() {
        register("things-value", Schemas.NAME);

        answer("PUT", "config", "", "{\"compatibility\":\"NONE\"}");

        assertThat(register("things-value", Schemas.NAME_AND_SIZE)).isEqualTo(2);
    }

    @Test
    void compatibilityCanBeAskedWithoutRegistering() {
        register("things-value", Schemas.NAME);
        String path = "compatibility/subjects/things-value/versions";

        assertThat(post(path, body(Schemas.NAME_AND_OPTIONAL_SIZE))
                        .path("is_compatible")
                        .asBoolean())
                .isTrue();
        assertThat(post(path, body(Schemas.NAME_AND_SIZE)).path("is_compatible").asBoolean())
                .isFalse();
        assertThat(post(path + "/latest", body(Schemas.EMPTY)).path("messages").toString())
                .contains("name");
        assertThat(get("subjects/things-value/versions")).hasSize(1);
    }

    @Test
    void replayingTheRecordsGivesTheSameAnswers() {
        register("things-value", Schemas.NAME);
        register("others-value", Schemas.NAME_AND_SIZE);
        answer("PUT", "config/things-value", "", "{\"compatibility\":\"BACKWARD\"}");
        answer("PUT", "config", "", "{\"compatibility\":\"FULL\"}");

        RegistryState replayed = new RegistryState();
        records.forEach(record -> RegistryRecords.apply(record, replayed));

        assertThat(replayed.subjects()).isEqualTo(state.subjects());
        assertThat(replayed.versions("things-value")).isEqualTo(state.versions("things-value"));
        assertThat(replayed.versions("others-value")).isEqualTo(state.versions("others-value"));
        assertThat(replayed.levelOf("things-value")).contains(CompatibilityLevel.BACKWARD);
        assertThat(replayed.globalLevel()).isEqualTo(CompatibilityLevel.FULL);
    }

    @Test
    void recordsOfOtherRegistriesThatMeanNothingHereArePassedOver() {
        RegistryRecords.apply(new RegistryRecords.Entry("{\"keytype\":\"NOOP\",\"magic\":0}", "null"), state);

        assertThat(state.subjects()).isEmpty();
    }

    @Test
    void whatIsNotThereIsNamedByTheProtocolsCode() {
        register("things-value", Schemas.NAME);

        assertThat(failure("GET", "schemas/ids/7", "{}").code()).isEqualTo(40403);
        assertThat(failure("GET", "subjects/nothing/versions", "{}").code()).isEqualTo(40401);
        assertThat(failure("GET", "subjects/things-value/versions/7", "{}").code())
                .isEqualTo(40402);
        assertThat(failure("GET", "subjects/things-value/versions/newest", "{}").code())
                .isEqualTo(42202);
        assertThat(failure("POST", "subjects/nothing", body(Schemas.NAME)).code())
                .isEqualTo(40401);
        assertThat(failure("POST", "subjects/things-value", body(Schemas.EMPTY)).code())
                .isEqualTo(40403);
        assertThat(failure("DELETE", "subjects/things-value", "{}").status()).isEqualTo(404);
        assertThat(failure("GET", "elsewhere", "{}").status()).isEqualTo(404);
    }

    @Test
    void whatCannotBeUnderstoodIsRefused() {
        assertThat(failure("POST", "subjects/s/versions", "{\"schema\":\"{\"}").code())
                .isEqualTo(42201);
        assertThat(failure("POST", "subjects/s/versions", "{}").code()).isEqualTo(42201);
        assertThat(failure("POST", "subjects/s/versions", "[]").code()).isEqualTo(42201);
        assertThat(failure("POST", "subjects/s/versions", "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}"))
                .hasMessageContaining("JSON");
        assertThat(failure("PUT", "config", "{\"compatibility\":\"SOMEWHAT\"}")).hasMessageContaining("SOMEWHAT");
        assertThat(failure("GET", "schemas/ids/one", "{}").status()).isEqualTo(400);
        assertThat(records).isEmpty();
    }

    @Test
    void nothingIsKnownOfASchemaWhoseRecordCouldNotBeWritten() {
        RegistryState empty = new RegistryState();
        RegistryRoutes failing = new RegistryRoutes(new RegistryApi(empty, record -> {
            throw new IllegalStateException("the broker is down");
        }));

        assertThatThrownBy(() -> failing.answer(new RegistryRoutes.Request(
                        "POST", List.of("subjects", "s", "versions"), "", tree(body(Schemas.NAME)))))
                .hasMessageContaining("the broker is down");
        assertThat(empty.subjects()).isEmpty();
    }

    private static RegistryRoutes routes(RegistryState state, List<RegistryRecords.Entry> records) {
        return new RegistryRoutes(new RegistryApi(state, record -> {
            records.add(record);
            RegistryRecords.apply(record, state);
        }));
    }

    private int register(String subject, Schema schema) {
        return post("subjects/" + subject + "/versions", body(schema))
                .path("id")
                .asInt();
    }

    private JsonNode get(String path) {
        return answer("GET", path, "", "{}");
    }

    private JsonNode post(String path, String body) {
        return answer("POST", path, "", body);
    }

    private RegistryError failure(String method, String path, String body) {
        return catchThrowableOfType(RegistryError.class, () -> answer(method, path, "", body));
    }

    private JsonNode answer(String method, String path, String query, String body) {
        return routes.answer(new RegistryRoutes.Request(method, List.of(path.split("/")), query, tree(body)));
    }

    private static String body(Schema schema) {
        ObjectNode body = JSON.createObjectNode().put("schema", schema.toString());
        return body.toString();
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
