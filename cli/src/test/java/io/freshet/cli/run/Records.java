package io.freshet.cli.run;

import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.OffsetRange;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.TrainingMetrics;
import io.freshet.schemas.Trial;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records of the topics, as short as tests want them. */
final class Records {

    static {
        // Lets Avro fill the defaults of nested records in, as it can wherever records are read or written.
        AvroSerde.of(Evaluation.class, SchemaRegistry.connect("http://127.0.0.1:1", Map.of()));
    }

    static {
        // Avro refuses generated classes, also in their builders, until the serde has told it to trust them.
        AvroSerde.of(Trial.class, SchemaRegistry.connect("http://127.0.0.1:1", Map.of()));
    }

    private static final Instant TIME = Instant.EPOCH;
    private static final String STORE = "file:///store";

    private Records() {}

    static CheckpointManifest manifest(String id, long step, long trained, long rejected, OffsetRange... ranges) {
        return CheckpointManifest.newBuilder()
                .setId(id)
                .setSequence(step)
                .setStep(step)
                .setTrained(trained)
                .setRejected(rejected)
                .setRanges(List.of(ranges))
                .setCuts(List.of())
                .setSeed(17)
                .setConfigHash("hash")
                .setThreads(1)
                .setCpu("cpu")
                .setEngine("engine")
                .setLabels(3)
                .setStore(STORE)
                .setFiles(List.of())
                .setTime(TIME)
                .build();
    }

    static OffsetRange range(int partition, long from, long to) {
        return new OffsetRange(partition, from, to);
    }

    static Trial trial(String id, String candidate, String state) {
        return trial(id, candidate, state, Long.MAX_VALUE);
    }

    /** With the pairs from which on it yields to a newer candidate. */
    static Trial trial(String id, String candidate, String state, long patience) {
        return Trial.newBuilder()
                .setId(id)
                .setNumber(1)
                .setAlpha(0.05)
                .setChampion("genesis")
                .setCandidate(candidate)
                .setFirstOffsets(List.of(0L))
                .setMinPairs(100)
                .setMaxPairs(5_000)
                .setPatience(patience)
                .setPolicyHash("policy")
                .setState(state)
                .setChampionFiles(List.of())
                .setCandidateFiles(List.of())
                .setStore(STORE)
                .setTime(TIME)
                .build();
    }

    static Evaluation evaluation(String trial, String candidate, String decision, String reason, OffsetRange... used) {
        return Evaluation.newBuilder()
                .setTrial(trial)
                .setNumber(1)
                .setChampion("genesis")
                .setCandidate(candidate)
                .setPairs(120)
                .setWins(30)
                .setLosses(10)
                .setChampionScore(new ModelScore(0.5, 0.4, 0.3, 0.2, 1.5, null, null, null, List.of()))
                .setCandidateScore(new ModelScore(0.7, 0.6, 0.5, 0.45, 1.0, null, null, null, List.of()))
                .setIntervalLow(0.1)
                .setIntervalHigh(0.3)
                .setLogEValue(Math.log(64))
                .setLogThreshold(Math.log(20))
                .setAlpha(0.05)
                .setDecision(decision)
                .setReason(reason)
                .setRanges(List.of(used))
                .setPolicyHash("policy")
                .setTime(TIME)
                .build();
    }

    static ChampionUpdate champion(long sequence, String checkpoint, @Nullable String trial) {
        return ChampionUpdate.newBuilder()
                .setSequence(sequence)
                .setCheckpoint(checkpoint)
                .setTrial(trial)
                .setReason(trial == null ? "initial" : "promotion")
                .setStep(10)
                .setTrained(320)
                .setLabels(3)
                .setHeldOutAccuracy(trial == null ? null : 0.7)
                .setStore(STORE)
                .setFiles(List.of())
                .setTime(TIME)
                .build();
    }

    static TrainingMetrics metrics(long trained, double accuracy) {
        return TrainingMetrics.newBuilder()
                .setStep(trained / 10)
                .setTrained(trained)
                .setLoss(1)
                .setPrequentialAccuracy(accuracy)
                .setWindowAccuracy(accuracy)
                .setPrequentialLoss(1)
                .setLearningRate(1e-3)
                .setGradientNorm(1)
                .setBatch(10)
                .setReplayed(10)
                .setTokens(100)
                .setStepMillis(20)
                .setLabels(3)
                .setReplaySize(100)
                .setTime(TIME)
                .build();
    }

    static RejectedExample rejected(String reason, String by) {
        return rejected(reason, by, "t", 0, 0);
    }

    static RejectedExample rejected(String reason, String by, String topic, int partition, long offset) {
        return RejectedExample.newBuilder()
                .setOriginal(ByteBuffer.allocate(0))
                .setTopic(topic)
                .setPartition(partition)
                .setOffset(offset)
                .setReason(reason)
                .setDetail("detail")
                .setRejectedBy(by)
                .setTime(TIME)
                .build();
    }
}
