package io.freshet.evaluator.gate;

import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.CheckpointFile;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.SchemaRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records for the gate's tests. */
final class Given {

    static final String SHA = "0".repeat(64);

    static {
        // Avro loads generated classes only once somebody vouches for them, which the serde does when it is first used.
        AvroSerde.of(CheckpointManifest.class, SchemaRegistry.connect("http://127.0.0.1:1", Map.of()));
    }

    private Given() {}

    static CheckpointManifest manifest(long sequence) {
        return CheckpointManifest.newBuilder()
                .setId(id(sequence))
                .setSequence(sequence)
                .setPrevious(sequence == 0 ? null : id(sequence - 1))
                .setParent(sequence == 0 ? null : id(sequence - 1))
                .setStep(sequence * 10)
                .setTrained(sequence * 320)
                .setRejected(0)
                .setRanges(List.of())
                .setCuts(List.of())
                .setSeed(7)
                .setConfigHash(SHA)
                .setThreads(1)
                .setCpu("test")
                .setEngine("test")
                .setLabels(3)
                .setStore("file:///nowhere")
                .setFiles(List.of(
                        new CheckpointFile("config.json", SHA, 10L, "model"),
                        new CheckpointFile("optimizer.safetensors", SHA, 20L, "trainer")))
                .setTime(Instant.EPOCH)
                .build();
    }

    static String id(long sequence) {
        return sequence == 0 ? "genesis-00000000" : "c%06d-00000000".formatted(sequence);
    }

    static ExampleScore right(String checkpoint, int partition, long offset) {
        return score(checkpoint, partition, offset, null, "yes", 0.75, null);
    }

    static ExampleScore wrong(String checkpoint, int partition, long offset) {
        return score(checkpoint, partition, offset, null, "no", 0.25, null);
    }

    static ExampleScore failed(String checkpoint, int partition, long offset) {
        return score(checkpoint, partition, offset, null, null, 1e-6, "the model cannot be opened");
    }

    /** A language model's score; {@code maxBits} is the logarithm of its vocabulary's size. */
    static ExampleScore bits(String checkpoint, long offset, double bits, double maxBits) {
        return ExampleScore.newBuilder(score(checkpoint, 0, offset, null, null, 1e-6, null))
                .setLabel("")
                .setBitsPerToken(bits)
                .setMaxBits(maxBits)
                .setTokens(12)
                .build();
    }

    static ExampleScore score(
            String checkpoint,
            int partition,
            long offset,
            @Nullable String group,
            @Nullable String predicted,
            double probability,
            @Nullable String error) {
        return ExampleScore.newBuilder()
                .setCheckpoint(checkpoint)
                .setPartition(partition)
                .setOffset(offset)
                .setExampleId("e-%d-%d".formatted(partition, offset))
                .setGroup(group)
                .setTask(null)
                .setLabel("yes")
                .setPredicted(predicted)
                .setProbability(probability)
                .setError(error)
                .setLatencyMicros(100)
                .build();
    }
}
