package io.freshet.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.Topic;
import io.freshet.schemas.TrainingMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainerIT {

    private final Cluster cluster;
    private final Path directory;

    TrainerIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.cluster = new Cluster(directory);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private TrainerService start(Map<String, String> settings) {
        TrainerService trainer = new TrainerService(TrainerConfig.from(settings));
        trainer.start();
        return trainer;
    }

    /** Runs a trainer until its checkpoints cover everything in the topic, then stops it. */
    private void runToTheEnd(Map<String, String> settings, String model) {
        try (TrainerService trainer = start(settings)) {
            List<Long> ends = cluster.trainEnds(model);
            Await.until("checkpoints cover " + ends, () -> {
                assertThat(trainer.failure()).isNull();
                return trainer.progress().covered().equals(ends);
            });
        }
    }

    @Test
    void publishesAGenesisAndCheckpointsWhoseRangesTile() throws Exception {
        cluster.train("tiles", Examples.between(0, 330));
        runToTheEnd(cluster.settings("tiles"), "tiles");
        List<CheckpointManifest> manifests = cluster.manifests("tiles");
        Chain.assertTiles(manifests);
        CheckpointManifest last = Chain.last(manifests);
        // Genesis, one at 112 examples, the rest: those due while files were being written are merged into the next.
        assertThat(manifests.size()).isGreaterThanOrEqualTo(3);
        assertThat(last.getTrained()).isEqualTo(330);
        assertThat(last.getRejected()).isZero();
        assertThat(last.getLabels()).isEqualTo(6);
        assertThat(Chain.ends(last)).isEqualTo(cluster.trainEnds("tiles"));
        assertThat(cluster.groupOffsets("tiles")).isEqualTo(Chain.ends(last));
        assertThat(last.getFiles())
                .extracting(file -> file.getPath() + " " + file.getRole())
                .contains(
                        "config.json model",
                        "model.safetensors model",
                        "tokenizer.json model",
                        "trainer/optimizer.safetensors trainer",
                        "trainer/replay.jsonl trainer",
                        "trainer/state.json trainer");
        String tokenizer = sha(manifests.get(0), "tokenizer.json");
        assertThat(sha(last, "tokenizer.json")).isEqualTo(tokenizer);
        assertThat(sha(last, "model.safetensors")).isNotEqualTo(sha(manifests.get(0), "model.safetensors"));
    }

    @Test
    void reportsTheCourseOfTraining() {
        cluster.train("course", Examples.between(0, 200));
        runToTheEnd(cluster.settings("course", "metrics.every.steps", "3"), "course");
        List<TrainingMetrics> metrics = cluster.values(Topic.TRAINING_METRICS, "course", TrainingMetrics.class);
        TrainingMetrics last = metrics.get(metrics.size() - 1);
        assertThat(last.getTrained()).isEqualTo(200);
        assertThat(last.getStep())
                .isEqualTo(Chain.last(cluster.manifests("course")).getStep());
        assertThat(last.getReplayed()).isPositive();
        assertThat(last.getPrequentialAccuracy()).isBetween(0.0, 1.0);
        assertThat(metrics).extracting(TrainingMetrics::getStep).contains(3L, 6L, 9L, 12L);
        assertThat(last.getPrequentialLoss()).isLessThan(metrics.get(0).getPrequentialLoss());
    }

    @Test
    void aRestartGoesOnAndTheWholeChainCanBeRebuiltByteForByte() throws IOException {
        Map<String, String> settings = cluster.settings("rebuild", "checkpoint.every.examples", "60");
        List<CheckpointManifest> manifests = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            cluster.train("rebuild", Examples.between(run * 90, (run + 1) * 90));
            runToTheEnd(settings, "rebuild");
            manifests = cluster.manifests("rebuild");
        }
        Chain.assertTiles(manifests);
        assertThat(Chain.last(manifests).getTrained()).isEqualTo(270);

        Rebuild rebuild = new Rebuild(cluster, settings, directory.resolve("rebuild"));
        for (int i = 1; i < manifests.size(); i++) {
            assertThat(rebuild.files(manifests.get(i - 1), manifests.subList(i, i + 1)))
                    .as("%s from its parent", manifests.get(i).getId())
                    .isEqualTo(manifests.get(i).getFiles());
        }
        assertThat(rebuild.files(manifests.get(0), manifests.subList(1, manifests.size())))
                .as("the last checkpoint from the genesis, without the restarts between")
                .isEqualTo(Chain.last(manifests).getFiles());
    }

    @Test
    void aMaskedLanguageModelIsLearnedFromTextsWithoutLabelsAndCanBeRebuiltByteForByte() throws IOException {
        Map<String, String> settings = cluster.settings(
                "masked",
                "objective",
                "masked-lm",
                "checkpoint.every.examples",
                "60",
                "batch.window",
                "3",
                "batch.accumulation",
                "2",
                "learning.ema.decay",
                "0.8",
                "learning.rate.schedule",
                "inverse-sqrt",
                "learning.warmup.steps",
                "5");
        for (int run = 0; run < 2; run++) {
            List<LabeledExample> mixed = IntStream.range(run * 120, (run + 1) * 120)
                    .mapToObj(i -> i % 5 == 0 ? Examples.example(i) : Examples.unlabelled(i))
                    .toList();
            cluster.train("masked", mixed);
            runToTheEnd(settings, "masked");
        }
        List<CheckpointManifest> manifests = cluster.manifests("masked");
        Chain.assertTiles(manifests);
        CheckpointManifest last = Chain.last(manifests);
        assertThat(manifests).extracting(CheckpointManifest::getObjective).containsOnly("masked-lm");
        assertThat(last.getTrained()).isEqualTo(240);
        assertThat(last.getRejected()).isZero();
        assertThat(last.getLabels()).isZero();

        List<TrainingMetrics> metrics = cluster.values(Topic.TRAINING_METRICS, "masked", TrainingMetrics.class);
        TrainingMetrics end = metrics.get(metrics.size() - 1);
        assertThat(end.getObjective()).isEqualTo("masked-lm");
        assertThat(end.getPrequentialBitsPerToken()).isPositive();
        assertThat(end.getWindowBitsPerToken()).isLessThan(metrics.get(0).getWindowBitsPerToken());

        Rebuild rebuild = new Rebuild(cluster, settings, directory.resolve("rebuild-masked"));
        assertThat(rebuild.files(manifests.get(0), manifests.subList(1, manifests.size())))
                .as("the last checkpoint from the genesis, without the restart between")
                .isEqualTo(last.getFiles());
    }

    /** A frozen base is stored once: of a checkpoint only what is trained is new. */
    @Test
    void adaptersAreCheckpointedBesideTheirFrozenBaseAndCanBeRebuiltByteForByte() throws IOException {
        Map<String, String> settings = cluster.settings(
                "adapted",
                "trainer.tuning",
                "lora",
                "trainer.lora.rank",
                "2",
                "learning.label.smoothing",
                "0.1",
                "learning.class.weights",
                "balanced",
                "checkpoint.every.examples",
                "60");
        cluster.train("adapted", Examples.between(0, 160));
        runToTheEnd(settings, "adapted");
        List<CheckpointManifest> manifests = cluster.manifests("adapted");
        CheckpointManifest last = Chain.last(manifests);
        assertThat(last.getTrained()).isEqualTo(160);
        assertThat(sha(last, "model.safetensors")).isEqualTo(sha(manifests.get(0), "model.safetensors"));
        assertThat(sha(last, "adapter_model.safetensors"))
                .isNotEqualTo(sha(manifests.get(0), "adapter_model.safetensors"));
        assertThat(last.getFiles())
                .extracting(file -> file.getPath() + " " + file.getRole())
                .contains("adapter_config.json model", "adapter_model.safetensors model");

        Rebuild rebuild = new Rebuild(cluster, settings, directory.resolve("rebuild-adapted"));
        assertThat(rebuild.files(manifests.get(0), manifests.subList(1, manifests.size())))
                .isEqualTo(last.getFiles());
    }

    @Test
    void refusesToGoOnWithAnotherObjectiveThanTheNewestCheckpoints() {
        cluster.train("other", Examples.between(0, 20));
        runToTheEnd(cluster.settings("other"), "other");
        try (TrainerService trainer =
                new TrainerService(TrainerConfig.from(cluster.settings("other", "objective", "masked-lm")))) {
            assertThatThrownBy(trainer::start)
                    .isInstanceOf(TrainerStoppedException.class)
                    .hasMessageContaining("objective = masked-lm, but c0")
                    .hasMessageContaining("was trained with classification")
                    .hasMessageContaining("set objective = classification, or give the new objective a model.name");
        }
    }

    @Test
    void examplesBeyondTheLimitOfLabelsAreRejectedInTheTransactionOfTheirManifest() {
        cluster.train("limit", Examples.between(0, 120));
        runToTheEnd(cluster.settings("limit", "labels.max", "4"), "limit");
        List<CheckpointManifest> manifests = cluster.manifests("limit");
        Chain.assertTiles(manifests);
        CheckpointManifest last = Chain.last(manifests);
        List<RejectedExample> rejected = cluster.values(Topic.REJECTED, "limit", RejectedExample.class);
        assertThat(last.getLabels()).isEqualTo(4);
        assertThat(last.getTrained() + last.getRejected()).isEqualTo(120);
        assertThat(last.getRejected()).isEqualTo(40); // 2 of the 6 labels, each of 20 examples
        assertThat(rejected).hasSize(40).allSatisfy(example -> {
            assertThat(example.getReason()).isEqualTo("label.limit");
            assertThat(example.getRejectedBy()).isEqualTo("trainer");
            assertThat(example.getDetail()).contains("labels.max");
        });
        RejectedExample first = rejected.get(0);
        byte[] original = cluster.records(Topic.TRAIN, "limit").stream()
                .filter(record -> record.partition() == first.getPartition() && record.offset() == first.getOffset())
                .findFirst()
                .orElseThrow()
                .value();
        assertThat(first.getOriginal().array()).isEqualTo(original);
    }

    @Test
    void aRecordThatCannotBeDecodedIsRejectedAndTheOneBehindItIsLearnedFrom() {
        cluster.trainBytes("garbage", "k", "not avro".getBytes(StandardCharsets.UTF_8));
        cluster.trainBytes("garbage", "k", new byte[] {0, 0, 0});
        cluster.train("garbage", Examples.between(0, 20));
        runToTheEnd(cluster.settings("garbage"), "garbage");
        CheckpointManifest last = Chain.last(cluster.manifests("garbage"));
        assertThat(last.getTrained()).isEqualTo(20);
        assertThat(last.getRejected()).isEqualTo(2);
        assertThat(cluster.values(Topic.REJECTED, "garbage", RejectedExample.class))
                .extracting(RejectedExample::getReason)
                .containsExactlyInAnyOrder("record.not.avro", "record.truncated");
    }

    @Test
    void onlyRecordsThatCannotBeLearnedFromStillMoveTheOffsets() {
        cluster.trainBytes("hopeless", "k", "not avro".getBytes(StandardCharsets.UTF_8));
        runToTheEnd(cluster.settings("hopeless"), "hopeless");
        CheckpointManifest last = Chain.last(cluster.manifests("hopeless"));
        assertThat(last.getSequence()).isEqualTo(1);
        assertThat(last.getStep()).isZero();
        assertThat(last.getRejected()).isEqualTo(1);
    }

    @Test
    void aSecondTrainerFencesTheFirst() {
        Map<String, String> settings = cluster.settings("fence");
        cluster.ensureTopics("fence");
        try (TrainerService first = start(settings);
                TrainerService second = start(settings)) {
            cluster.train("fence", Examples.between(0, 50));
            Await.until("the first trainer notices", () -> first.failure() != null);
            assertThat(Objects.requireNonNull(first.failure()))
                    .hasMessageContaining("'fence-trainer' took over")
                    .hasMessageContaining("stop the other one");
            Await.until("the second trainer learns", () -> second.progress().trained() == 50);
            assertThat(second.failure()).isNull();
        }
        List<CheckpointManifest> manifests = cluster.manifests("fence");
        Chain.assertTiles(manifests);
        assertThat(Chain.last(manifests).getTrained()).isEqualTo(50);
    }

    @Test
    void anErrorInATransactionDropsTheWeightsAndGoesOnFromTheNewestCheckpoint() {
        FailingPartitioner.FAILURES.set(2);
        cluster.train("reload", Examples.between(0, 120));
        Map<String, String> settings = cluster.settings(
                "reload", "labels.max", "4", "producer.partitioner.class", FailingPartitioner.class.getName());
        runToTheEnd(settings, "reload");
        assertThat(FailingPartitioner.FAILURES).hasValue(0);
        List<CheckpointManifest> manifests = cluster.manifests("reload");
        Chain.assertTiles(manifests);
        assertThat(Chain.last(manifests).getTrained()).isEqualTo(80);
        assertThat(cluster.values(Topic.REJECTED, "reload", RejectedExample.class))
                .as("what was rejected in an aborted transaction is rejected again, and seen once")
                .hasSize(40)
                .doesNotHaveDuplicates();
    }

    @Test
    void stopsRatherThanLeaveAGapWhereRecordsAreGone() throws Exception {
        Map<String, String> settings = cluster.settings("gone");
        cluster.train("gone", Examples.between(0, 40));
        runToTheEnd(settings, "gone");
        cluster.train("gone", Examples.between(40, 80));
        cluster.deleteTrainRecords("gone");
        cluster.train("gone", Examples.between(80, 120));
        try (TrainerService trainer = start(settings)) {
            Await.until("it stops", () -> trainer.failure() != null);
            assertThat(Objects.requireNonNull(trainer.failure())).hasMessageContaining("raise the topic's retention");
        }
        assertThat(Chain.last(cluster.manifests("gone")).getTrained()).isEqualTo(40);
    }

    @Test
    void givesUpWhenEveryReloadEndsInTheSameError() {
        FailingPartitioner.FAILURES.set(1_000);
        cluster.train("hopeful", Examples.between(0, 120));
        Map<String, String> settings = cluster.settings(
                "hopeful",
                "trainer.restarts.max",
                "1",
                "producer.partitioner.class",
                FailingPartitioner.class.getName());
        try (TrainerService trainer = start(settings)) {
            Await.until("it gives up", () -> trainer.failure() != null);
            assertThat(Objects.requireNonNull(trainer.failure()))
                    .hasMessageContaining("2 tries in a row")
                    .hasMessageContaining("planted");
        }
        FailingPartitioner.FAILURES.set(0);
        assertThat(cluster.manifests("hopeful")).hasSize(1);
    }

    @Test
    void pausesAndResumesAndStaysPausedAcrossARestart() {
        Map<String, String> settings = cluster.settings("pause");
        cluster.control("pause", ControlFeed.PAUSE);
        cluster.train("pause", Examples.between(0, 40));
        try (TrainerService trainer = start(settings)) {
            Await.until("it is paused", () -> trainer.progress().paused());
        }
        assertThat(cluster.manifests("pause")).hasSize(1);
        try (TrainerService trainer = start(settings)) {
            Await.until("it is still paused", () -> trainer.progress().paused());
            assertThat(trainer.progress().trained()).isZero();
            cluster.control("pause", ControlFeed.RESUME);
            Await.until("it learns", () -> trainer.progress().trained() == 40);
        }
        assertThat(Chain.last(cluster.manifests("pause")).getTrained()).isEqualTo(40);
    }

    @Test
    void publishesWhatItLearnedWhenItIsClosed() {
        Map<String, String> settings =
                cluster.settings("close", "checkpoint.idle.ms", "3600000", "checkpoint.every.examples", "1000000");
        cluster.train("close", Examples.between(0, 40));
        try (TrainerService trainer = start(settings)) {
            Await.until("it learned", () -> trainer.progress().trained() == 40);
            assertThat(cluster.manifests("close")).hasSize(1);
        }
        assertThat(Chain.last(cluster.manifests("close")).getTrained()).isEqualTo(40);
    }

    @Test
    void beyondItsMemoryLimitItPublishesAndStopsWithTheRemedy() {
        cluster.ensureTopics("memory");
        try (TrainerService trainer = start(cluster.settings("memory", "trainer.memory.limit.mb", "1"))) {
            Await.until("it stops", () -> trainer.failure() != null);
            assertThat(Objects.requireNonNull(trainer.failure())).hasMessageContaining("trainer.memory.limit.mb");
        }
    }

    @Test
    void refusesToStartWithoutCheckpointAndStartingModel() {
        try (TrainerService trainer =
                new TrainerService(TrainerConfig.from(cluster.settings("nothing", "trainer.model", "")))) {
            assertThatThrownBy(trainer::start)
                    .isInstanceOf(TrainerStoppedException.class)
                    .hasMessageContaining("trainer.model is empty")
                    .hasMessageContaining("nothing.checkpoints holds no checkpoint");
        }
    }

    private static String sha(CheckpointManifest manifest, String path) {
        return manifest.getFiles().stream()
                .filter(file -> file.getPath().equals(path))
                .findFirst()
                .orElseThrow()
                .getSha256();
    }
}
