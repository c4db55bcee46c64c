package io.freshet.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.model.Models;
import io.freshet.trainer.OfflinePass.Labelled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Utterances of a public data set that arrive label by label group, from the bundled encoder on. */
class EnsembleStreamTest {

    private static final int LABELS = 40;
    private static final int EACH = 30;

    @TempDir
    Path directory = Path.of("");

    private final List<Labelled> stream = new ArrayList<>();
    private final List<Labelled> test = new ArrayList<>();

    @BeforeEach
    void read() throws IOException {
        Path file = Path.of(System.getProperty("freshet.shared", "absent"), "data/clinc150/data_full.json");
        assumeTrue(Files.exists(file), () -> file + " is not there");
        JsonNode root = new ObjectMapper().readTree(file.toFile());
        Set<String> labels = new LinkedHashSet<>();
        root.get("train").forEach(line -> labels.add(line.get(1).asText()));
        List<String> chosen = List.copyOf(labels).subList(0, LABELS);
        for (int group = 0; group < LABELS; group += 10) {
            List<String> present = chosen.subList(group, group + 10);
            for (int i = 0; i < EACH; i++) {
                for (String label : present) {
                    stream.add(of(root.get("train"), label, i));
                }
            }
            for (String label : present) {
                for (int i = 0; i < 20; i++) {
                    test.add(of(root.get("val"), label, i));
                }
            }
        }
        Models.bundledEncoder(directory.resolve("start"));
    }

    private static Labelled of(JsonNode lines, String label, int index) {
        int found = 0;
        for (JsonNode line : lines) {
            if (line.get(1).asText().equals(label) && found++ == index) {
                return new Labelled(line.get(0).asText(), label);
            }
        }
        throw new IllegalStateException("no %d-th text of '%s'".formatted(index, label));
    }

    private record Figures(double prequential, double last) {}

    private Figures figures(String strategy) {
        Map<String, String> settings = Map.of("trainer.strategy", strategy, "trainer.threads", "1");
        try (OfflinePass pass = OfflinePass.start(directory.resolve("start"), settings)) {
            double prequential = (double) pass.learn(stream) / stream.size();
            return new Figures(prequential, (double) pass.right(test) / test.size());
        }
    }

    @Test
    void togetherTheyAreAtLeastAsGoodAsTheDiscriminantAloneAndBetterThanReplay() {
        Figures discriminant = figures("lexical-slda");
        Figures together = figures("ensemble");
        Figures replay = figures("replay");
        String all = "discriminant %s, together %s, replay %s".formatted(discriminant, together, replay);
        // of 800 tests and 1,200 predictions: one standard error of a paired difference is below a point
        assertThat(together.last).as(all).isGreaterThan(discriminant.last - 0.01);
        assertThat(together.prequential).as(all).isGreaterThan(discriminant.prequential - 0.01);
        assertThat(together.last).as(all).isGreaterThan(replay.last);
        assertThat(together.prequential).as(all).isGreaterThan(replay.prequential);
    }
}
