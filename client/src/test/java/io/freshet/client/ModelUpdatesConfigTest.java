package io.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.core.config.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelUpdatesConfigTest {

    private static final Map<String, String> LEAST =
            Map.of("bootstrap.servers", "broker:9092", "schema.registry.url", "http://registry:8081");

    @Test
    void needsOnlyTheBrokerAndTheRegistry() {
        ModelUpdatesConfig config = ModelUpdatesConfig.from(LEAST);

        assertThat(config.modelName()).isEqualTo("freshet");
        assertThat(config.store()).isEmpty();
        assertThat(config.retryFirst()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.model().maxTokens()).isEqualTo(128);
    }

    @Test
    void givesEachModelItsOwnCache() {
        ModelUpdatesConfig config =
                ModelUpdatesConfig.from(with(Map.of("checkpoint.cache", "/var/cache/app", "model.name", "intents")));

        assertThat(config.cache()).isEqualTo(Path.of("/var/cache/app/client/intents"));
    }

    @Test
    void passesSecurityThroughToTheConsumer() {
        ModelUpdatesConfig config = ModelUpdatesConfig.from(
                with(Map.of("consumer.security.protocol", "SASL_SSL", "consumer.sasl.mechanism", "PLAIN")));

        assertThat(config.consumer()).isEqualTo(Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN"));
    }

    @Test
    void takesTheSettingsOfRegistryAndStore() {
        Map<String, String> given = with(Map.of(
                "schema.registry.basic.auth.user", "u",
                "schema.registry.basic.auth.password", "p",
                "checkpoint.store", "s3://bucket/models",
                "checkpoint.store.s3.endpoint", "http://minio:9000"));

        assertThat(ModelUpdatesConfig.from(given).store()).contains("s3://bucket/models");
    }

    @Test
    void namesEveryProblemAtOnce() {
        Map<String, String> given = Map.of(
                "bootstrap.servers", "broker:9092",
                "poll.interval.ms", "soon",
                "max.token", "64",
                "retry.first.ms", "5000",
                "retry.longest.ms", "1000");

        assertThatThrownBy(() -> ModelUpdatesConfig.from(given))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url")
                .hasMessageContaining("poll.interval.ms")
                .hasMessageContaining("did you mean max.tokens?")
                .hasMessageContaining("retry.first.ms = 5000 is above retry.longest.ms = 1000");
    }

    private static Map<String, String> with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(LEAST);
        all.putAll(more);
        return all;
    }
}
