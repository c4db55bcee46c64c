package io.freshet.cli.audit;

import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.OffsetRange;
import io.freshet.schemas.Pair;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Trial;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records of one small trial, on one partition. */
final class Given {

    static {
        // Avro refuses generated classes, also in their builders, until the serde has told it to trust them.
        AvroSerde.of(Trial.class, SchemaRegistry.connect("http://127.0.0.1:1", Map.of()));
    }

    private static final ModelScore NONE = new ModelScore(0.0, 0.0, 0.0, 0.0, 0.0, null, null, null, List.of());

    private Given() {}

    /** Makes Avro trust the generated classes, as loading this class does. */
    static void trust() {}

    static ExampleScore score(String checkpoint, long offset, @Nullable String group, String predicted) {
        return ExampleScore.newBuilder()
                .setCheckpoint(checkpoint)
                .setPartition(0)
                .setOffset(offset)
                .setExampleId("e" + offset)
                .setGroup(group)
                .setLabel("yes")
                .setPredicted(predicted)
                .setProbability(0.5)
                .setLatencyMicros(10)
                .build();
    }

    static Pair pair(long index, long offset, @Nullable String group) {
        return Pair.newBuilder()
                .setTrial("t")
                .setIndex(index)
                .setPartition(0)
                .setOffset(offset)
                .setExampleId("e" + offset)
                .setGroup(group)
                .setLabel("yes")
                .setChampionPredicted("no")
                .setCandidatePredicted("yes")
                .setChampionProbability(0.5)
                .setCandidateProbability(0.5)
                .setChampionLatencyMicros(10)
                .setCandidateLatencyMicros(10)
                .build();
    }

    static Trial trial(String state) {
        return Trial.newBuilder()
                .setId("t")
                .setNumber(1)
                .setAlpha(0.03)
                .setChampion("old")
                .setCandidate("new")
                .setFirstOffsets(List.of(10L))
                .setMinPairs(1)
                .setMaxPairs(100)
                .setPolicyHash("hash")
                .setState(state)
                .setChampionFiles(List.of())
                .setCandidateFiles(List.of())
                .setStore("file:///none")
                .setTime(Instant.EPOCH)
                .build();
    }

    /** The case of a trial on offsets from 10 to {@code end}, exclusive. */
    static CaseFile file(ScoreLog scores, long end, Pair... pairs) {
        Evaluation evaluation = Evaluation.newBuilder()
                .setTrial("t")
                .setNumber(1)
                .setChampion("old")
                .setCandidate("new")
                .setPairs(pairs.length)
                .setWins(pairs.length)
                .setLosses(0)
                .setChampionScore(NONE)
                .setCandidateScore(NONE)
                .setIntervalLow(0)
                .setIntervalHigh(1)
                .setLogEValue(0)
                .setLogThreshold(3)
                .setAlpha(0.03)
                .setDecision("promote")
                .setReason("evidence.reached")
                .setRanges(List.of(new OffsetRange(0, 10L, end)))
                .setPolicyHash("hash")
                .setTime(Instant.EPOCH)
                .build();
        return new CaseFile(
                trial("open"),
                trial("closed"),
                evaluation,
                List.of(pairs),
                scores,
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Map.of());
    }

    static ScoreLog log() {
        return new ScoreLog(Set.of("old", "new"));
    }
}
