package io.freshet.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.junit.jupiter.api.Test;

final class SettingsTest {

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define("batch.size", Type.INT, 32, ConfigDef.Range.between(1, 1000), Importance.HIGH, "Examples a step.")
            .define("batch.tokens", Type.INT, 4096, ConfigDef.Range.atLeast(1), Importance.LOW, "Tokens a step.")
            .define("name", Type.STRING, ConfigDef.NO_DEFAULT_VALUE, Importance.HIGH, "Name.")
            .define("labels", Type.LIST, "", Importance.LOW, "Labels.")
            .define("rate", Type.DOUBLE, 0.5, Importance.LOW, "Rate.")
            .define("strict", Type.BOOLEAN, true, Importance.LOW, "Strict.")
            .define("note", Type.STRING, "", Importance.LOW, "Note.")
            .define("token", Type.PASSWORD, "", Importance.LOW, "Token.");

    private static final SettingsRule TOKENS_COVER_THE_BATCH = new SettingsRule(
            Set.of("batch.size", "batch.tokens"),
            s -> s.integer("batch.tokens") >= s.integer("batch.size")
                    ? Optional.empty()
                    : Optional.of("batch.tokens is below batch.size"));

    @Test
    void givesValuesAndDefaultsByType() {
        Settings settings = Settings.read(
                DEFINITION, Map.of("name", "n", "labels", "a,b", "rate", "0.25", "strict", "false", "token", "s3cret"));

        assertThat(settings.string("name")).isEqualTo("n");
        assertThat(settings.integer("batch.size")).isEqualTo(32);
        assertThat(settings.list("labels")).containsExactly("a", "b");
        assertThat(settings.decimal("rate")).isEqualTo(0.25);
        assertThat(settings.flag("strict")).isFalse();
        assertThat(settings.optional("note")).isEmpty();
        assertThat(settings.secret("token")).contains("s3cret");
    }

    @Test
    void reportsEveryProblemAtOnceWithWhatAnUnknownKeyMayHaveMeant() {
        ConfigException e = catchThrowableOfType(
                ConfigException.class,
                () -> Settings.read(
                        DEFINITION,
                        Map.of("batch.size", "many", "batch.tokens", "0", "batch.siez", "3", "unheard.of", "1"),
                        TOKENS_COVER_THE_BATCH));

        assertThat(e.problems()).hasSize(5);
        assertThat(e.getMessage())
                .startsWith("5 configuration problem(s):")
                .contains("Invalid value many for configuration batch.size")
                .contains("Invalid value 0 for configuration batch.tokens: Value must be at least 1")
                .contains("Missing required configuration \"name\"")
                .contains("batch.siez is not a known setting; did you mean batch.size?")
                .contains("unheard.of is not a known setting\n".trim());
    }

    @Test
    void reportsABrokenRuleBesideOtherProblems() {
        assertThatThrownBy(() -> Settings.read(
                        DEFINITION, Map.of("batch.size", "64", "batch.tokens", "8"), TOKENS_COVER_THE_BATCH))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("batch.tokens is below batch.size")
                .hasMessageContaining("Missing required configuration \"name\"");
    }

    @Test
    void passesClientSettingsThroughWithoutTheirPrefix() {
        Settings settings = Settings.read(
                DEFINITION, Map.of("name", "n", "producer.linger.ms", "5", "streams.commit.interval.ms", "100"));

        assertThat(settings.passThrough("producer.")).isEqualTo(Map.of("linger.ms", "5"));
        assertThat(settings.passThrough("streams.")).isEqualTo(Map.of("commit.interval.ms", "100"));
    }

    @Test
    void showsNoSecretInItsTextOrInAProblem() {
        Settings settings = Settings.read(
                DEFINITION, Map.of("name", "n", "token", "s3cret", "producer.sasl.jaas.config", "password=s3cret"));
        assertThat(settings.toString())
                .doesNotContain("s3cret")
                .contains("token=[hidden]", "producer.sasl.jaas.config=[hidden]", "batch.size=32");

        assertThatThrownBy(() -> Settings.read(DEFINITION, Map.of("token", "s3cret", "tokens", "s3cret")))
                .hasMessageNotContaining("s3cret")
                .hasMessageContaining("did you mean token?");
    }

    @Test
    void refusesToReadAKeyThatIsNotDefined() {
        Settings settings = Settings.read(DEFINITION, Map.of("name", "n"));
        assertThatThrownBy(() -> settings.string("nam")).hasMessage("setting nam is not part of this definition");
    }
}
