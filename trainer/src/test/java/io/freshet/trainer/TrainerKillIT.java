package io.freshet.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.Topic;
import io.freshet.schemas.TrainingMetrics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the trainer's process at any moment and checks what its successors make of that. */
class TrainerKillIT {

    private static final String MODEL = "killed";
    private static final int KILLS = 5;
    private static final int ROUND = 300;
    private static final int BEFORE = 180;
    private static final int EXAMPLES = (KILLS + 1) * ROUND;

    @TempDir
    Path directory = Path.of("");

    @Test
    void fiveKillsLeaveNoGapNoOverlapAndNothingLostOrDoubled() throws Exception {
        try (Cluster cluster = new Cluster(directory)) {
            Map<String, String> settings = cluster.settings(
                    MODEL, "checkpoint.every.examples", "64", "metrics.every.steps", "1", "labels.max", "5");
            long seed = 11; // of the number of steps after a checkpoint at which a process is killed
            Random random = new Random(seed);
            for (int kill = 0; kill < KILLS; kill++) {
                killInTheMiddle(cluster, settings, kill, 1 + random.nextInt(7));
            }
            cluster.train(MODEL, Examples.between(KILLS * ROUND, EXAMPLES));
            runToTheEnd(cluster, settings);
            assertThat(stepsTakenAgain(cluster))
                    .as("or no kill interrupted anything")
                    .isPositive();

            List<CheckpointManifest> manifests = cluster.manifests(MODEL);
            CheckpointManifest last = Chain.last(manifests);
            List<RejectedExample> rejected = cluster.values(Topic.REJECTED, MODEL, RejectedExample.class);
            Chain.assertTiles(manifests);
            assertThat(Chain.ends(last)).isEqualTo(cluster.trainEnds(MODEL));
            assertThat(cluster.records(Topic.TRAIN, MODEL)).hasSize(EXAMPLES);
            assertThat(last.getTrained() + last.getRejected()).isEqualTo(EXAMPLES);
            assertThat(last.getRejected()).isEqualTo(EXAMPLES / 6);
            assertThat(rejected).hasSize(EXAMPLES / 6).doesNotHaveDuplicates();
            assertThat(new Rebuild(cluster, settings, directory.resolve("rebuild"))
                            .files(manifests.get(0), manifests.subList(1, manifests.size())))
                    .as("the last checkpoint from the genesis, without the kills between")
                    .isEqualTo(last.getFiles());
        }
    }

    /** Lets a process publish a checkpoint, gives it more to learn, and kills it {@code steps} steps later. */
    private void killInTheMiddle(Cluster cluster, Map<String, String> settings, int round, int steps) throws Exception {
        Map<String, String> restless = new TreeMap<>(settings);
        restless.put("checkpoint.idle.ms", "3600000");
        cluster.train(MODEL, Examples.between(round * ROUND, round * ROUND + BEFORE));
        int before = cluster.manifests(MODEL).size();
        try (TrainerProcess trainer = TrainerProcess.start(restless, directory)) {
            Await.until("a checkpoint", () -> {
                trainer.assertAlive();
                return cluster.manifests(MODEL).size() > Math.max(1, before);
            });
            int reported = cluster.records(Topic.TRAINING_METRICS, MODEL).size();
            cluster.train(MODEL, Examples.between(round * ROUND + BEFORE, (round + 1) * ROUND));
            Await.until("more steps", () -> {
                trainer.assertAlive();
                return cluster.records(Topic.TRAINING_METRICS, MODEL).size() >= reported + steps;
            });
            trainer.kill();
        }
    }

    private static long stepsTakenAgain(Cluster cluster) {
        List<Long> steps = cluster.values(Topic.TRAINING_METRICS, MODEL, TrainingMetrics.class).stream()
                .map(TrainingMetrics::getStep)
                .toList();
        return steps.size() - steps.stream().distinct().count();
    }

    private void runToTheEnd(Cluster cluster, Map<String, String> settings) throws Exception {
        try (TrainerProcess trainer = TrainerProcess.start(settings, directory)) {
            List<Long> ends = cluster.trainEnds(MODEL);
            Await.until("everything is covered", () -> {
                trainer.assertAlive();
                List<CheckpointManifest> manifests = cluster.manifests(MODEL);
                return Chain.ends(Chain.last(manifests)).equals(ends);
            });
            assertThat(trainer.stop()).as(trainer.log()).isZero();
        }
    }
}
