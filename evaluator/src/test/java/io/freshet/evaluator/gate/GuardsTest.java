package io.freshet.evaluator.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.schemas.ExampleScore;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Each guard on pairs that show the candidate to be better by right answers: nine wins, E = 2^10 / 10 = 102, are enough at
 * alpha_1 = 0.03.
 */
class GuardsTest {

    private static final String PAIRS = "pairs: {min: 20, max: 200}\n";

    @Test
    void promotesWhereThePolicyHasNoGuard() {
        GateUnderPolicy gate = new GateUnderPolicy(PAIRS).wins(20);

        assertThat(gate.promoted()).isTrue();
        assertThat(gate.standing().getGuards()).isEmpty();
        assertThat(gate.standing().getDetail()).isNull();
    }

    @Test
    void blocksACandidateWhoseLogLossIsWorse() {
        String policy = PAIRS + "guards: {log-loss: {margin: 0.5}}";
        // -ln 0.2 = 1.61 for both; -ln 0.4 = 0.92, and the margin is 0.5
        GateUnderPolicy equal = new GateUnderPolicy(policy);
        GateUnderPolicy worse = new GateUnderPolicy(policy);
        for (int i = 0; i < 200; i++) {
            equal.pair(false, true, probability(0.2), probability(0.2));
            worse.pair(false, true, probability(0.4), probability(0.2));
        }

        assertThat(equal.promoted()).isTrue();
        assertThat(equal.pairs())
                .as("evidence for the guard takes longer than for the wins")
                .hasSizeGreaterThan(20);
        assertThat(equal.guard("log.loss").getState()).isEqualTo("passing");
        assertThat(equal.guard("log.loss").getLimit()).isCloseTo(Math.log(20), within(1e-12));
        assertThat(worse.promoted()).isFalse();
        assertThat(worse.outcome()).isEqualTo("futile");
        assertThat(worse.standing().getReason()).isEqualTo("pairs.maximum");
        assertThat(worse.standing().getDetail()).startsWith("log.loss is ");
        assertThat(worse.guard("log.loss").getState()).isEqualTo("open");
    }

    @Test
    void blocksACandidateWhoseBrierScoreIsWorse() {
        String policy = PAIRS + "guards: {brier: {margin: 0.2}}";
        GateUnderPolicy better = new GateUnderPolicy(policy);
        GateUnderPolicy worse = new GateUnderPolicy(policy);
        GateUnderPolicy silent = new GateUnderPolicy(policy);
        for (int i = 0; i < 150; i++) {
            better.pair(false, true, brier(0.9), brier(0.2));
            worse.pair(false, true, brier(0.2), brier(0.9));
            silent.pair(false, true, brier(0.9), UnaryOperator.identity());
        }

        assertThat(better.promoted()).isTrue();
        assertThat(worse.promoted()).isFalse();
        assertThat(worse.standing().getReason()).isEqualTo("guard.open");
        assertThat(silent.promoted())
                .as("scores that do not say it prove nothing")
                .isFalse();
    }

    @Test
    void blocksACandidateWhoseProbabilitiesAreBelievedLess() {
        String policy = PAIRS + "guards: {calibration: {worse-by-at-most: 0.05}}";
        GateUnderPolicy modest = new GateUnderPolicy(policy);
        GateUnderPolicy boastful = new GateUnderPolicy(policy);
        for (int i = 0; i < 100; i++) {
            // the champion says 0.25 and is right in a quarter of the pairs, the candidate is right in half of them
            modest.pair(i % 4 == 0, i % 2 == 0, confidence(0.25), confidence(0.5));
            boastful.pair(i % 4 == 0, i % 2 == 0, confidence(0.25), confidence(0.99));
        }

        assertThat(modest.promoted()).isTrue();
        assertThat(boastful.promoted()).isFalse();
        assertThat(boastful.standing().getReason()).isEqualTo("guard.open");
        assertThat(boastful.guard("calibration").getValue()).isCloseTo(0.49, within(1e-9));
    }

    @Test
    void blocksACandidateThatBreaksTooManyAnswers() {
        String policy = PAIRS + "guards: {negative-flips: {at-most: 0.05}}";
        GateUnderPolicy gate = new GateUnderPolicy(policy);
        for (int i = 0; i < 5; i++) {
            gate.pair(true, false);
        }
        gate.wins(45);
        assertThat(gate.promoted()).isFalse();

        gate.agree(50); // 5 of 100

        assertThat(gate.promoted()).isTrue();
        assertThat(gate.guard("negative.flips").getValue()).isEqualTo(0.05);
    }

    @Test
    void blocksACandidateThatHardlyRecognisesALabelOnceThereAreEnoughExamplesOfIt() {
        String policy = PAIRS + "guards: {recall: [{label: refund, floor: 0.8, min-examples: 10}]}";
        GateUnderPolicy few = new GateUnderPolicy(policy);
        GateUnderPolicy enough = new GateUnderPolicy(policy);
        for (int i = 0; i < 9; i++) {
            few.pair(false, false, label("refund"), label("refund"));
        }
        for (int i = 0; i < 10; i++) {
            enough.pair(false, false, label("refund"), label("refund"));
        }

        assertThat(few.wins(20).promoted()).isTrue();
        assertThat(few.guard("recall.refund").getState()).isEqualTo("unprotected");
        assertThat(enough.wins(89).promoted()).isFalse();
        assertThat(enough.wins(1).standing().getReason()).isEqualTo("guard.open");
        assertThat(enough.guard("recall.refund").getValue()).isZero();
    }

    @Test
    void rejectsACandidateThatIsTooSlowHoweverGoodItIs() {
        String policy = PAIRS + "guards: {latency: {ratio: 2.0, min-pairs: 10}}";
        GateUnderPolicy slow = new GateUnderPolicy(policy);
        GateUnderPolicy fair = new GateUnderPolicy(policy);
        for (int i = 0; i < 20; i++) {
            fair.pair(false, true, latency(100), latency(200));
            if (i < 10) {
                slow.pair(false, true, latency(100), latency(201));
            }
        }

        assertThat(fair.promoted()).isTrue();
        assertThat(slow.promoted()).isFalse();
        assertThat(slow.outcome()).isEqualTo("failed");
        assertThat(slow.standing().getReason()).isEqualTo("guard.latency");
        assertThat(slow.standing().getDecision()).isEqualTo("keep");
        assertThat(slow.standing().getDetail())
                .isEqualTo("it takes 2.01 times as long an example as the champion, and the policy allows 2.0 times");
        assertThat(slow.pairs()).as("not before there are enough").hasSize(10);
    }

    @Test
    void failsACandidateWhoseBrierScoreIsNotANumber() {
        GateUnderPolicy gate = new GateUnderPolicy(PAIRS).wins(3);

        gate.pair(false, true, UnaryOperator.identity(), brier(Double.NaN));

        assertThat(gate.outcome()).isEqualTo("failed");
        assertThat(gate.standing().getDetail()).contains("not a number");
    }

    private static UnaryOperator<ExampleScore.Builder> probability(double probability) {
        return score -> score.setProbability(probability);
    }

    private static UnaryOperator<ExampleScore.Builder> brier(double brier) {
        return score -> score.setBrier(brier);
    }

    private static UnaryOperator<ExampleScore.Builder> confidence(double confidence) {
        return score -> score.setPredictedProbability(confidence).setBrier(0.5);
    }

    private static UnaryOperator<ExampleScore.Builder> label(String label) {
        return score -> score.setLabel(label);
    }

    private static UnaryOperator<ExampleScore.Builder> latency(long micros) {
        return score -> score.setLatencyMicros(micros);
    }
}
