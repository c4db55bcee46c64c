package io.freshet.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SchemaRegistryTest {

    private static final Schema SCHEMA =
            SchemaBuilder.record("Thing").fields().requiredString("name").endRecord();

    private final RegistryDouble server = new RegistryDouble();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void asksForAnIdAndForASchemaOnce() {
        SchemaRegistry registry = connect(Map.of());

        int id = registry.register("things-value", SCHEMA);
        registry.register("things-value", SCHEMA);
        Schema read = registry.byId(id);

        assertThat(registry.byId(id)).isEqualTo(read).isEqualTo(SCHEMA);
        assertThat(server.lines())
                .containsExactly(
                        "GET /config/things-value",
                        "PUT /config/things-value",
                        "POST /subjects/things-value/versions",
                        "GET /schemas/ids/" + id);
    }

    @Test
    void leavesACompatibilityThatSomebodyChoseAlone() {
        server.setCompatibility("things-value", "FORWARD");

        connect(Map.of()).register("things-value", SCHEMA);

        assertThat(server.compatibility()).containsExactly(Map.entry("things-value", "FORWARD"));
    }

    @Test
    void registersTheSchemaAsItsFileHasItWithoutTheHintOfJava() {
        connect(Map.of()).register("freshet.examples-value", LabeledExample.getClassSchema());

        assertThat(LabeledExample.getClassSchema().toString()).contains("avro.java.string");
        assertThat(server.requests().get(2).body())
                .doesNotContain("avro.java.string")
                .contains("LabeledExample");
    }

    @Test
    void escapesTheSubjectInThePath() {
        connect(Map.of()).register("a b/c+d-value", SCHEMA);

        assertThat(server.lines()).last().isEqualTo("POST /subjects/a b/c+d-value/versions");
    }

    @Test
    void onlyLooksUpWhereRegisteringIsTurnedOff() {
        connect(Map.of(RegistryConfig.REGISTER, "false")).register("things-value", SCHEMA);

        assertThat(server.lines()).containsExactly("POST /subjects/things-value");
    }

    @Test
    void sendsBasicAuthentication() {
        connect(Map.of(RegistryConfig.USER, "ada", RegistryConfig.PASSWORD, "b:c"))
                .register("things-value", SCHEMA);

        // base64 of ada:b:c
        assertThat(server.requests())
                .extracting(RegistryDouble.Request::authorization)
                .containsOnly("Basic YWRhOmI6Yw==");
    }

    @Test
    void sendsABearerToken() {
        connect(Map.of(RegistryConfig.TOKEN, "t0ken")).register("things-value", SCHEMA);

        assertThat(server.requests())
                .extracting(RegistryDouble.Request::authorization)
                .containsOnly("Bearer t0ken");
    }

    @Test
    void aMissingPermissionNamesTheSettingsToCheck() {
        server.failNext(401);

        assertThatThrownBy(() -> connect(Map.of()).register("things-value", SCHEMA))
                .isInstanceOfSatisfying(
                        RegistryRefusedException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(401))
                .hasMessageContaining("as the test wants it")
                .hasMessageContaining(RegistryConfig.USER)
                .hasMessageContaining(RegistryConfig.TOKEN);
    }

    @Test
    void repeatsARequestThatTheServerFailed() {
        server.failNext(503);
        server.failNext(500);

        int id = connect(Map.of()).register("things-value", SCHEMA);

        assertThat(id).isEqualTo(1);
        assertThat(server.lines()).startsWith("GET /config/things-value", "GET /config/things-value");
    }

    @Test
    void givesUpWhenTheTimeForRepeatingIsOver() {
        SchemaRegistry registry = connect(Map.of(RegistryConfig.RETRY_TIMEOUT, "200"));
        server.close();

        assertThatThrownBy(() -> registry.byId(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(server.url() + "/schemas/ids/1")
                .hasMessageContaining("schema.registry.url");
    }

    @Test
    void anUnknownIdIsNotRemembered() {
        SchemaRegistry registry = connect(Map.of());

        assertThatThrownBy(() -> registry.byId(1))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("1");
        registry.register("things-value", SCHEMA);

        assertThat(registry.byId(1)).isEqualTo(SCHEMA);
    }

    @Test
    void everyProblemOfTheSettingsIsNamedAtOnce() {
        Map<String, String> settings = Map.of(
                RegistryConfig.USER,
                "ada",
                RegistryConfig.TOKEN,
                "t0ken",
                RegistryConfig.RETRY_TIMEOUT,
                "soon",
                "schema.registry.basic.auth.usr",
                "ada",
                "model.name",
                "passed over");

        assertThatThrownBy(() -> connect(settings))
                .hasMessageContaining(RegistryConfig.RETRY_TIMEOUT)
                .hasMessageContaining("schema.registry.basic.auth.usr is not a known setting")
                .hasMessageContaining("are both set")
                .hasMessageNotContaining("model.name");
    }

    @Test
    void aTrustStoreThatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> connect(Map.of(RegistryConfig.TRUSTSTORE, "/nowhere/trust.p12")))
                .hasMessageContaining("/nowhere/trust.p12")
                .hasMessageContaining(RegistryConfig.TRUSTSTORE_TYPE);
    }

    @Test
    void secretsAreDefinedAsPasswordsSoThatNoMessageShowsThem() {
        assertThat(RegistryConfig.DEFINITION.configKeys().values())
                .filteredOn(key -> key.type == ConfigDef.Type.PASSWORD)
                .extracting(key -> key.name)
                .containsExactlyInAnyOrder(
                        RegistryConfig.PASSWORD, RegistryConfig.TOKEN, RegistryConfig.TRUSTSTORE_PASSWORD);
    }

    private SchemaRegistry connect(Map<String, String> settings) {
        return SchemaRegistry.connect(server.url(), settings);
    }
}
