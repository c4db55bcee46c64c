package io.freshet.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.OffsetRange;
import io.freshet.schemas.SchemaRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineageTest {

    static {
        // Lets Avro fill in the defaults of nested records, as it can wherever records are read or written.
        AvroSerde.of(CheckpointManifest.class, SchemaRegistry.connect("http://127.0.0.1:1", Map.of()));
    }

    @Test
    void weightsThatGoOnHaveSeenAllThatTheirParentHas() {
        CheckpointManifest parent = manifest(List.of(), range(0, 5, 10), range(1, 3, 8));

        assertThat(follows(parent, parent)).isEmpty();
    }

    @Test
    void weightsThatGoOnCarryWhatTheirParentNeverSaw() {
        CheckpointManifest parent = manifest(List.of(range(0, 2, 4)), range(0, 5, 10));

        assertThat(follows(parent, parent)).containsExactly(range(0, 2, 4));
    }

    @Test
    void weightsBroughtBackHaveNotSeenWhatLiesBetween() {
        CheckpointManifest parent = manifest(List.of(), range(0, 5, 10), range(1, 3, 8));
        CheckpointManifest previous = manifest(List.of(), range(0, 20, 30), range(1, 8, 8));

        assertThat(follows(previous, parent)).containsExactly(range(0, 10, 30));
    }

    @Test
    void rangesThatMeetAreOneAndOthersAreKeptApart() {
        CheckpointManifest parent = manifest(List.of(range(0, 7, 10), range(1, 1, 2)), range(0, 5, 10), range(1, 3, 8));
        CheckpointManifest previous = manifest(List.of(), range(0, 20, 30), range(1, 20, 30));

        assertThat(follows(previous, parent)).containsExactly(range(0, 7, 30), range(1, 1, 2), range(1, 8, 30));
    }

    @Test
    void ofAPartitionThatIsNewerThanTheWeightsNothingWasSeen() {
        CheckpointManifest parent = manifest(List.of(), range(0, 5, 10));
        CheckpointManifest previous = manifest(List.of(), range(0, 10, 10), range(1, 0, 4));

        assertThat(follows(previous, parent)).containsExactly(range(1, 0, 4));
    }

    private static List<OffsetRange> follows(CheckpointManifest previous, CheckpointManifest parent) {
        return new Lineage(previous, parent, 0, 0, 0).unseen();
    }

    private static OffsetRange range(int partition, long from, long to) {
        return new OffsetRange(partition, from, to);
    }

    private static CheckpointManifest manifest(List<OffsetRange> unseen, OffsetRange... ranges) {
        return CheckpointManifest.newBuilder()
                .setId("c1")
                .setSequence(1)
                .setStep(1)
                .setTrained(1)
                .setRejected(0)
                .setRanges(List.of(ranges))
                .setUnseen(unseen)
                .setCuts(List.of())
                .setSeed(1)
                .setConfigHash("hash")
                .setThreads(1)
                .setCpu("cpu")
                .setEngine("engine")
                .setLabels(1)
                .setStore("file:///store")
                .setFiles(List.of())
                .setTime(Instant.EPOCH)
                .build();
    }
}
