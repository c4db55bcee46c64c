package io.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.core.config.ConfigException;
import io.freshet.schemas.split.HeldOutSplit;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class IngestConfigTest {

    private static final Map<String, String> REQUIRED =
            Map.of("bootstrap.servers", "localhost:9092", "schema.registry.url", "http://localhost:8081");

    @Test
    void needsOnlyTheAddresses() {
        IngestConfig config = IngestConfig.from(REQUIRED);
        assertThat(config.split()).isEqualTo(new HeldOutSplit(0.1, "freshet"));
        assertThat(config.limits().labelRequired()).isTrue();
        assertThat(config.limits().futureLimit()).isEqualTo(Duration.ofHours(1));
        assertThat(config.applicationId()).isEqualTo("freshet.ingest");
        assertThat(config.singleTask()).isFalse();
    }

    @Test
    void readsEverySetting() {
        IngestConfig config = IngestConfig.from(with(Map.of(
                "model.name", "intents",
                "examples.partitions", "1",
                "ingest.text.max.characters", "100",
                "ingest.labels.allowed", "a,b",
                "ingest.heldout.fraction", "0.25",
                "ingest.heldout.salt", "s",
                "ingest.duplicate.window.ms", "1000",
                "ingest.instance.id", "ingest-2")));
        assertThat(config.limits().textMaxCharacters()).isEqualTo(100);
        assertThat(config.limits().allowedLabels()).isEqualTo(Set.of("a", "b"));
        assertThat(config.split()).isEqualTo(new HeldOutSplit(0.25, "s"));
        assertThat(config.duplicateWindow()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.singleTask()).isTrue();
        assertThat(IngestClients.streams(config))
                .containsEntry("application.id", "intents.ingest")
                .containsEntry("consumer.group.instance.id", "ingest-2")
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("commit.interval.ms", "1000");
    }

    @Test
    void aLanguageModelRequiresNoLabelWhateverIsSaidOfLabels() {
        IngestConfig config = IngestConfig.from(
                with(Map.of("objective", "masked-lm", "ingest.label.required", "true", "ingest.labels.allowed", "a")));
        assertThat(config.limits().labelRequired()).isFalse();
        assertThat(config.limits().allowedLabels()).containsExactly("a");
    }

    @Test
    void passesStreamsSettingsThrough() {
        IngestConfig config = IngestConfig.from(with(Map.of("streams.commit.interval.ms", "100")));
        assertThat(IngestClients.streams(config)).containsEntry("commit.interval.ms", "100");
    }

    @Test
    void reportsEveryProblemAtOnce() {
        assertThatThrownBy(() -> IngestConfig.from(with(Map.of(
                        "ingest.heldout.fraction", "0.9",
                        "ingest.labels.allowed", "a",
                        "ingest.labels.pattern", "b+",
                        "ingest.lables.pattern", "(",
                        "streams.processing.guarantee", "at_least_once"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("4 configuration problem(s)")
                .hasMessageContaining("Invalid value 0.9 for configuration ingest.heldout.fraction")
                .hasMessageContaining("ingest.labels.allowed and ingest.labels.pattern are both set")
                .hasMessageContaining("did you mean ingest.labels.pattern?")
                .hasMessageContaining("streams.processing.guarantee is set by the service itself");
    }

    @Test
    void refusesABrokenPattern() {
        assertThatThrownBy(() -> IngestConfig.from(with(Map.of("ingest.labels.pattern", "("))))
                .hasMessageContaining("ingest.labels.pattern")
                .hasMessageContaining("not a regular expression");
    }

    private static Map<String, String> with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(REQUIRED);
        all.putAll(more);
        return all;
    }
}
