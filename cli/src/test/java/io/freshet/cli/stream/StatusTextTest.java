package io.freshet.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.DriftAlarm;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.TrainingMetrics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusTextTest {

    static {
        // Lets Avro fill the defaults of nested records in, as it can wherever records are read or written.
        AvroSerde.of(Evaluation.class, SchemaRegistry.connect("http://127.0.0.1:1", Map.of()));
    }

    @Test
    void saysAccuracyOfClassifiers() {
        assertThat(StatusText.training(metrics().build()))
                .isEqualTo(
                        "training    step 10, 320 examples, prequential accuracy 0.500 (last 1,000: 0.600), loss 1.250, 3 labels");
        assertThat(StatusText.evaluation(evaluation().build()))
                .isEqualTo(
                        "trial       2: c1 0.700 against genesis 0.500 on 120 pairs, ln e-value 4.00 of 3.49: promote (evidence.reached)");
        assertThat(StatusText.champion(champion().setHeldOutAccuracy(0.7).build()))
                .isEqualTo("champion    2: c1 (promotion), step 10, 3 labels, held-out accuracy 0.700");
    }

    @Test
    void saysWhatChangedAndSinceWhen() {
        assertThat(StatusText.alarm(new DriftAlarm("adwin", 4_100L, 3_998L, 0.1, 0.75)))
                .isEqualTo("drift       adwin at example 4,100: 0.100 became 0.750 since about example 3,998");
    }

    @Test
    void saysBitsPerTokenOfLanguageModels() {
        assertThat(StatusText.training(metrics()
                        .setPrequentialBitsPerToken(5.5)
                        .setWindowBitsPerToken(5.25)
                        .build()))
                .isEqualTo(
                        "training    step 10, 320 examples, prequential bits per token 5.500 (last 1,000: 5.250), loss 1.250");
        assertThat(StatusText.evaluation(evaluation()
                        .setChampionScore(new ModelScore(0.0, 0.0, 0.0, 0.0, 4.2, 6.0, null, null, List.of()))
                        .setCandidateScore(new ModelScore(0.0, 0.0, 0.0, 0.0, 3.5, 5.0, null, null, List.of()))
                        .build()))
                .isEqualTo(
                        "trial       2: c1 5.000 bits against genesis 6.000 bits on 120 pairs, ln e-value 4.00 of 3.49: promote (evidence.reached)");
        assertThat(StatusText.champion(champion().setHeldOutBitsPerToken(5.0).build()))
                .isEqualTo("champion    2: c1 (promotion), step 10, held-out bits per token 5.000");
    }

    @Test
    void saysWhyACandidateFailed() {
        assertThat(StatusText.evaluation(evaluation()
                        .setDecision("keep")
                        .setReason("candidate.failed")
                        .setDetail("the model cannot be opened")
                        .build()))
                .endsWith("keep (candidate.failed): the model cannot be opened");
    }

    @Test
    void saysThatAFirstChampionWasNotMeasured() {
        assertThat(StatusText.champion(champion().setReason("initial").build()))
                .isEqualTo("champion    2: c1 (initial), step 10, 3 labels, not measured on held-out examples");
    }

    private static TrainingMetrics.Builder metrics() {
        return TrainingMetrics.newBuilder()
                .setStep(10)
                .setTrained(320)
                .setLoss(1.25)
                .setPrequentialAccuracy(0.5)
                .setWindowAccuracy(0.6)
                .setPrequentialLoss(1)
                .setLearningRate(1e-3)
                .setGradientNorm(1)
                .setBatch(10)
                .setReplayed(10)
                .setTokens(100)
                .setStepMillis(20)
                .setLabels(3)
                .setReplaySize(100)
                .setAlarms(List.of())
                .setTime(Instant.EPOCH);
    }

    private static Evaluation.Builder evaluation() {
        return Evaluation.newBuilder()
                .setTrial("t1")
                .setNumber(2)
                .setChampion("genesis")
                .setCandidate("c1")
                .setPairs(120)
                .setWins(30)
                .setLosses(10)
                .setChampionScore(new ModelScore(0.5, 0.4, 0.3, 0.2, 1.5, null, null, null, List.of()))
                .setCandidateScore(new ModelScore(0.7, 0.6, 0.5, 0.45, 1.0, null, null, null, List.of()))
                .setIntervalLow(0.1)
                .setIntervalHigh(0.3)
                .setLogEValue(4)
                .setLogThreshold(3.49)
                .setAlpha(0.0304)
                .setDecision("promote")
                .setReason("evidence.reached")
                .setRanges(List.of())
                .setPolicyHash("policy")
                .setTime(Instant.EPOCH);
    }

    private static ChampionUpdate.Builder champion() {
        return ChampionUpdate.newBuilder()
                .setSequence(2)
                .setCheckpoint("c1")
                .setReason("promotion")
                .setStep(10)
                .setTrained(320)
                .setLabels(3)
                .setStore("file:///store")
                .setFiles(List.of())
                .setTime(Instant.EPOCH);
    }
}
