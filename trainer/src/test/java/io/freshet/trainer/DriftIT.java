package io.freshet.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.DriftAlarm;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import io.freshet.schemas.Topic;
import io.freshet.schemas.TrainingMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a trainer tells, and publishes, when its stream changes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftIT {

    private static final int CHANGE = 160;

    private final Cluster cluster;

    DriftIT(@TempDir Path directory) throws IOException {
        this.cluster = new Cluster(directory);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    /** All texts are of one label until the change, but for one of ten at first, and of the other after it. */
    private static List<LabeledExample> between(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Examples.labelled(
                        i,
                        ((TextInput) Examples.example(i).getInput()).getText(),
                        i >= CHANGE || (i < 40 && i % 10 == 0) ? "after" : "before"))
                .toList();
    }

    @Test
    void anAlarmIsOnTheMetricsAndMakesACheckpointAtOnce() {
        Map<String, String> settings = cluster.settings(
                "drifting",
                "trainer.strategy",
                "replay",
                "drift.reaction",
                "candidate",
                "drift.label.examples",
                "1",
                "checkpoint.every.examples",
                "1000000",
                "checkpoint.every.ms",
                "3600000",
                "checkpoint.idle.ms",
                "3600000");
        cluster.train("drifting", between(0, CHANGE));
        try (TrainerService trainer = new TrainerService(TrainerConfig.from(settings))) {
            trainer.start();
            Await.until("everything before the change is learned", () -> {
                assertThat(trainer.failure()).isNull();
                return trainer.progress().trained() == CHANGE;
            });
            assertThat(cluster.manifests("drifting")).as("only the genesis yet").hasSize(1);
            cluster.train("drifting", between(CHANGE, CHANGE + 96));
            Await.until("the alarm is published with a checkpoint", () -> {
                assertThat(trainer.failure()).isNull();
                return cluster.manifests("drifting").size() > 1;
            });
        }
        CheckpointManifest candidate = cluster.manifests("drifting").get(1);
        assertThat(candidate.getAlarms()).isNotEmpty();
        DriftAlarm alarm = candidate.getAlarms().get(0);
        assertThat(alarm.getDetector()).isEqualTo("adwin");
        assertThat(alarm.getAt()).isBetween((long) CHANGE, candidate.getTrained() - 1);
        assertThat(alarm.getSince()).isBetween(CHANGE - 16L, CHANGE + 16L);
        assertThat(alarm.getAfter()).isGreaterThan(alarm.getBefore());
        assertThat(cluster.values(Topic.TRAINING_METRICS, "drifting", TrainingMetrics.class))
                .flatExtracting(TrainingMetrics::getAlarms)
                .contains(alarm);
    }
}
