package io.freshet.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.core.store.CheckpointStore;
import io.freshet.core.store.CheckpointStores;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.RejectionReason;
import io.freshet.schemas.Topic;
import io.freshet.schemas.split.HeldOutSplit;
import io.freshet.schemas.split.Side;
import io.freshet.trainer.checkpoint.CheckpointFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Somebody writes held-out examples to the train topic, past ingest. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeldOutIT {

    private static final HeldOutSplit SPLIT = new HeldOutSplit(0.4, "salt");

    private final Cluster cluster;
    private final Path directory;

    HeldOutIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.cluster = new Cluster(directory);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void aHeldOutExampleIsRejectedAndNeverReachesTheReplayMemory() throws IOException {
        List<LabeledExample> examples = new ArrayList<>(Examples.between(0, 120));
        examples.add(LabeledExample.newBuilder(examples.get(0))
                .setId("of a group")
                .setGroup(groupOn(Side.HELD_OUT))
                .build());
        cluster.split("smuggled", SPLIT);
        cluster.train("smuggled", examples);
        Map<String, String> settings = cluster.settings("smuggled", "replay.size", "1000");
        try (TrainerService trainer = new TrainerService(TrainerConfig.from(settings))) {
            trainer.start();
            List<Long> ends = cluster.trainEnds("smuggled");
            Await.until("checkpoints cover " + ends, () -> {
                assertThat(trainer.failure()).isNull();
                return trainer.progress().covered().equals(ends);
            });
        }
        Set<String> heldOut = ids(examples, Side.HELD_OUT);
        Set<String> train = ids(examples, Side.TRAIN);
        assertThat(heldOut).contains("of a group").hasSizeGreaterThan(10);
        assertThat(cluster.values(Topic.REJECTED, "smuggled", RejectedExample.class))
                .allMatch(rejected -> rejected.getReason().equals(RejectionReason.SPLIT_HELD_OUT.code()))
                .extracting(RejectedExample::getId)
                .containsExactlyInAnyOrderElementsOf(heldOut);
        CheckpointManifest last = Chain.last(cluster.manifests("smuggled"));
        assertThat(last.getTrained()).isEqualTo(train.size());
        assertThat(last.getRejected()).isEqualTo(heldOut.size());
        assertThat(remembered(settings, last)).containsExactlyInAnyOrderElementsOf(train);
    }

    private static String groupOn(Side side) {
        for (int i = 0; ; i++) {
            LabeledExample example = LabeledExample.newBuilder(Examples.example(0))
                    .setGroup("group-" + i)
                    .build();
            if (SPLIT.sideOf(example) == side) {
                return "group-" + i;
            }
        }
    }

    private static Set<String> ids(List<LabeledExample> examples, Side side) {
        return examples.stream()
                .filter(example -> SPLIT.sideOf(example) == side)
                .map(LabeledExample::getId)
                .collect(Collectors.toSet());
    }

    private List<String> remembered(Map<String, String> settings, CheckpointManifest manifest) throws IOException {
        try (CheckpointStore store =
                        CheckpointStores.open(TrainerConfig.from(settings).store(), Map.of());
                CheckpointFiles.Fetched fetched =
                        new CheckpointFiles(store, directory.resolve("fetch")).fetch(manifest.getFiles())) {
            return Files.readAllLines(fetched.trainer().resolve("replay.jsonl")).stream()
                    .skip(1)
                    .map(line -> line.replaceFirst("^\\{\"id\":\"([^\"]*)\".*$", "$1"))
                    .toList();
        }
    }
}
