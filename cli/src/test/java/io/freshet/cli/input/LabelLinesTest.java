package io.freshet.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.Label;
import io.freshet.schemas.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelLinesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    static {
        // Avro refuses generated classes, also in their builders, until the serde has told it to trust them.
        AvroSerde.of(Label.class, SchemaRegistry.connect("http://127.0.0.1:1", Map.of()));
    }

    @TempDir
    Path directory;

    private final List<Label> labels = new ArrayList<>();
    private final List<String> malformed = new ArrayList<>();

    @Test
    void readsWhatIsSaidAndTakesNowForTheTimeWhereItIsNot() throws IOException {
        read(
                "{\"id\":\"a\",\"label\":\"x\"}",
                "",
                "{\"id\":\"b\",\"label\":\"y\",\"time\":\"2026-02-01T00:00:00Z\",\"source\":\"me\"}",
                "{\"id\":\"c\",\"label\":\"z\",\"time\":1000}");

        assertThat(malformed).isEmpty();
        assertThat(labels)
                .containsExactly(
                        new Label("a", "x", NOW, null),
                        new Label("b", "y", Instant.parse("2026-02-01T00:00:00Z"), "me"),
                        new Label("c", "z", Instant.ofEpochMilli(1_000), null));
    }

    @Test
    void namesTheLineThatIsNoLabelAndGoesOn() throws IOException {
        read(
                "{\"id\":",
                "[1]",
                "{\"id\":\"a\"}",
                "{\"id\":\"a\",\"label\":\"x\",\"time\":\"soon\"}",
                "{\"id\":\"a\",\"label\":\"x\"}");

        assertThat(labels).hasSize(1);
        assertThat(malformed)
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("line 1", "not JSON"),
                        problem -> assertThat(problem).contains("line 2", "a JSON object is wanted"),
                        problem -> assertThat(problem).contains("line 3", "'label' is missing"),
                        problem -> assertThat(problem).contains("line 4", "'time' is 'soon'"));
    }

    private void read(String... lines) throws IOException {
        LabelLines.read(
                Files.write(directory.resolve("labels.jsonl"), List.of(lines)),
                Clock.fixed(NOW, ZoneOffset.UTC),
                labels::add,
                malformed::add);
    }
}
