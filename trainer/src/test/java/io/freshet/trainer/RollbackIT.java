package io.freshet.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.OffsetRange;
import io.freshet.schemas.Topic;
import io.freshet.schemas.TrainingMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a rollback of the champion does to training. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollbackIT {

    private final Cluster cluster;
    private final Path directory;

    RollbackIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.cluster = new Cluster(directory);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void goesOnFromTheWeightsBroughtBackAtTheOffsetsWhereItIs() throws IOException {
        Map<String, String> settings = following("back");
        CheckpointManifest target = learn("back", settings, 0, 90);
        CheckpointManifest newest = learn("back", settings, 90, 180);
        cluster.champion("back", 3, newest, "promotion");
        cluster.champion("back", 4, target, "rollback");
        CheckpointManifest last = learn("back", settings, 180, 270);

        List<CheckpointManifest> manifests = cluster.manifests("back");
        Chain.assertTiles(manifests);
        List<CheckpointManifest> after = after(manifests, newest);
        CheckpointManifest first = after.get(0);
        assertThat(first.getPrevious()).isEqualTo(newest.getId());
        assertThat(first.getParent()).isEqualTo(target.getId());
        assertThat(first.getRollback()).isEqualTo(4);
        assertThat(first.getUnseen()).isEqualTo(between(target, newest));
        assertThat(last.getUnseen()).isEqualTo(first.getUnseen());
        assertThat(last.getTrained() + last.getRejected())
                .as("every example of the topic, whether or not the weights saw it")
                .isEqualTo(270);
        assertThat(last.getStep()).as("of the weights").isLessThan(newest.getStep() + 1);
        Rebuild rebuild = new Rebuild(cluster, settings, directory.resolve("rebuild-back"));
        assertThat(rebuild.files(target, after))
                .as("what the champion brought back becomes by the same examples")
                .isEqualTo(last.getFiles());
        assertThat(rebuild.files(newest, after)).isNotEqualTo(last.getFiles());
    }

    @Test
    void followsARollbackOnceAcrossRestartsAndTheNextOneToo() throws IOException {
        Map<String, String> settings = following("once");
        CheckpointManifest first = learn("once", settings, 0, 40);
        CheckpointManifest second = learn("once", settings, 40, 80);
        cluster.champion("once", 2, first, "rollback");
        learn("once", settings, 80, 120);
        CheckpointManifest third = learn("once", settings, 120, 160);
        cluster.champion("once", 3, second, "promotion");
        cluster.champion("once", 4, first, "rollback");
        learn("once", settings, 160, 200);
        CheckpointManifest last = learn("once", settings, 200, 240);

        List<CheckpointManifest> manifests = cluster.manifests("once");
        Chain.assertTiles(manifests);
        assertThat(manifests.stream()
                        .filter(manifest -> !Objects.equals(manifest.getParent(), manifest.getPrevious()))
                        .map(manifest -> manifest.getParent() + " by " + manifest.getRollback()))
                .containsExactly(first.getId() + " by 2", first.getId() + " by 4");
        assertThat(last.getUnseen()).isEqualTo(between(first, third));
        assertThat(last.getTrained()).isEqualTo(240);
    }

    @Test
    void dropsWhatNoCheckpointCoversYetAndLearnsItWithTheWeightsBroughtBack() throws IOException {
        Map<String, String> settings = following("drop");
        CheckpointManifest target = learn("drop", settings, 0, 40);
        CheckpointManifest newest = learn("drop", settings, 40, 80);
        cluster.champion("drop", 2, newest, "promotion");
        Map<String, String> patient = patient(settings);
        try (TrainerService trainer = start(patient)) {
            cluster.train("drop", Examples.between(80, 120));
            Await.until("it learned", () -> trainer.progress().trained() == 120);
            long steps = trainer.progress().step();
            cluster.champion("drop", 3, target, "rollback");
            Await.until("it learned the same again with fewer steps behind it", () -> {
                assertThat(trainer.failure()).isNull();
                return trainer.progress().trained() == 120 && trainer.progress().step() < steps;
            });
            assertThat(cluster.manifests("drop")).last().isEqualTo(newest);
        }
        List<CheckpointManifest> after = after(cluster.manifests("drop"), newest);
        assertThat(after).hasSize(1);
        assertThat(after.get(0).getParent()).isEqualTo(target.getId());
        assertThat(after.get(0).getTrained()).isEqualTo(120);
        assertThat(new Rebuild(cluster, settings, directory.resolve("rebuild-drop")).files(target, after))
                .isEqualTo(after.get(0).getFiles());
    }

    @Test
    void aKillBetweenTheRollbackAndTheNextCheckpointChangesNothing() throws Exception {
        Map<String, String> settings = following("kill");
        CheckpointManifest target = learn("kill", settings, 0, 60);
        CheckpointManifest newest = learn("kill", settings, 60, 120);
        cluster.champion("kill", 2, target, "rollback");
        int reported = cluster.records(Topic.TRAINING_METRICS, "kill").size();
        try (TrainerProcess trainer = TrainerProcess.start(patient(settings), directory)) {
            cluster.train("kill", Examples.between(120, 200));
            Await.until("steps with the weights brought back", () -> {
                trainer.assertAlive();
                return cluster.records(Topic.TRAINING_METRICS, "kill").size() >= reported + 3;
            });
            trainer.kill();
        }
        assertThat(cluster.manifests("kill")).last().isEqualTo(newest);
        runToTheEnd(settings, "kill");

        List<CheckpointManifest> manifests = cluster.manifests("kill");
        Chain.assertTiles(manifests);
        List<CheckpointManifest> after = after(manifests, newest);
        CheckpointManifest last = Chain.last(manifests);
        assertThat(after.get(0).getParent()).isEqualTo(target.getId());
        assertThat(last.getTrained()).isEqualTo(200);
        assertThat(new Rebuild(cluster, settings, directory.resolve("rebuild-kill")).files(target, after))
                .isEqualTo(last.getFiles());
        List<TrainingMetrics> metrics = cluster.values(Topic.TRAINING_METRICS, "kill", TrainingMetrics.class);
        assertThat(metrics.get(metrics.size() - 1).getTrained()).isEqualTo(200);
    }

    @Test
    void goesOnFromItsOwnWeightsUnlessToldOtherwise() {
        Map<String, String> settings = cluster.settings("own");
        CheckpointManifest target = learn("own", settings, 0, 40);
        CheckpointManifest newest = learn("own", settings, 40, 80);
        cluster.champion("own", 2, target, "rollback");
        learn("own", settings, 80, 120);

        CheckpointManifest next = after(cluster.manifests("own"), newest).get(0);
        assertThat(next.getParent()).isEqualTo(newest.getId());
        assertThat(next.getUnseen()).isEmpty();
        assertThat(next.getRollback()).isZero();
    }

    @Test
    void leavesARollbackAloneThatAnotherChampionHasFollowed() {
        Map<String, String> settings = following("past");
        CheckpointManifest target = learn("past", settings, 0, 40);
        CheckpointManifest newest = learn("past", settings, 40, 80);
        cluster.champion("past", 2, target, "rollback");
        cluster.champion("past", 3, newest, "promotion");
        learn("past", settings, 80, 120);

        assertThat(after(cluster.manifests("past"), newest).get(0).getParent()).isEqualTo(newest.getId());
    }

    @Test
    void stopsWithTheRemedyWhereTheChampionBroughtBackHasNoManifest() {
        Map<String, String> settings = following("lost");
        CheckpointManifest newest = learn("lost", settings, 0, 40);
        cluster.champion(
                "lost",
                2,
                CheckpointManifest.newBuilder(newest).setId("c000099-gone").build(),
                "rollback");
        try (TrainerService trainer = new TrainerService(TrainerConfig.from(settings))) {
            assertThatThrownBy(trainer::start)
                    .isInstanceOf(TrainerStoppedException.class)
                    .hasMessageContaining("rolled back to c000099-gone, whose manifest is not in lost.checkpoints")
                    .hasMessageContaining("trainer.rollback = own");
        }
    }

    private Map<String, String> following(String model) {
        return cluster.settings(model, "trainer.rollback", "champion", "checkpoint.every.examples", "60");
    }

    /** Publishes nothing until it is closed. */
    private static Map<String, String> patient(Map<String, String> settings) {
        Map<String, String> patient = new TreeMap<>(settings);
        patient.put("checkpoint.idle.ms", "3600000");
        patient.put("checkpoint.every.examples", "1000000");
        return patient;
    }

    /** Sends examples, runs a trainer until its checkpoints cover them, and returns the newest. */
    private CheckpointManifest learn(String model, Map<String, String> settings, int from, int to) {
        cluster.train(model, Examples.between(from, to));
        runToTheEnd(settings, model);
        return Chain.last(cluster.manifests(model));
    }

    private TrainerService start(Map<String, String> settings) {
        TrainerService trainer = new TrainerService(TrainerConfig.from(settings));
        trainer.start();
        return trainer;
    }

    private void runToTheEnd(Map<String, String> settings, String model) {
        try (TrainerService trainer = start(settings)) {
            List<Long> ends = cluster.trainEnds(model);
            Await.until("checkpoints cover " + ends, () -> {
                assertThat(trainer.failure()).isNull();
                return trainer.progress().covered().equals(ends);
            });
        }
    }

    private static List<CheckpointManifest> after(List<CheckpointManifest> manifests, CheckpointManifest newest) {
        return manifests.subList(manifests.indexOf(newest) + 1, manifests.size());
    }

    private static List<OffsetRange> between(CheckpointManifest from, CheckpointManifest to) {
        return IntStream.range(0, from.getRanges().size())
                .mapToObj(p -> new OffsetRange(
                        p, Chain.ends(from).get(p), Chain.ends(to).get(p)))
                .toList();
    }
}
