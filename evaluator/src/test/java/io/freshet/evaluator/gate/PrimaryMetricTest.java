package io.freshet.evaluator.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.evaluator.statistics.MarginTest;
import io.freshet.evaluator.statistics.SequentialMcNemar;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PrimaryMetricTest {

    @Test
    void decidesMoreRightAnswersByMcNemar() {
        Folded folded = answers("pairs: {min: 10}", 10);

        assertThat(folded.standing().getLogEValue()).isEqualTo(SequentialMcNemar.logEvidence(10, 0));
        assertThat(folded.decision()).isEqualTo("promote");
    }

    @Test
    void decidesAMarginOfRightAnswersByBetting() {
        String policy = "pairs: {min: 10}\nprimary: {margin: 0.2}";
        MarginTest expected = MarginTest.superiority(0.2);
        for (int i = 0; i < 10; i++) {
            expected = expected.add(1);
        }

        assertThat(answers(policy, 10).standing().getLogEValue()).isCloseTo(expected.logEvidence(), within(0.0));
        assertThat(answers(policy, 40).decision()).isEqualTo("promote");
        Folded tooLittle = new Folded(policy, "classification", null);
        for (int i = 0; i < 1_000; i++) {
            tooLittle.pair(false, i % 10 == 0, UnaryOperator.identity()); // 10 points better, 20 are asked for
        }
        assertThat(tooLittle.decision()).isEqualTo("keep");
        assertThat(tooLittle.standing().getReason()).isEqualTo("evidence.against");
    }

    @Test
    void decidesByClippedLogLossWhateverTheAnswersAre() {
        String policy = "pairs: {min: 10}\nlog-loss-clip: 2.0\nprimary: {metric: log-loss}";
        Folded better = new Folded(policy, "classification", null);
        Folded worse = new Folded(policy, "classification", null);
        for (int i = 0; i < 200; i++) {
            better.pair(true, false, pair -> pair.setChampionProbability(0.3).setCandidateProbability(0.6));
            worse.pair(false, true, pair -> pair.setChampionProbability(0.6).setCandidateProbability(0.3));
        }

        assertThat(better.decision()).isEqualTo("promote");
        assertThat(better.standing().getIntervalHigh())
                .as("in nats, ln 2 = 0.69 of them are gained in every pair")
                .isGreaterThan(Math.log(2))
                .isLessThanOrEqualTo(2);
        assertThat(better.standing().getIntervalLow()).isPositive();
        assertThat(worse.decision()).isEqualTo("keep");
    }

    @Test
    void takesLossesBeyondTheClipForEqual() {
        Folded folded =
                new Folded("pairs: {min: 10}\nlog-loss-clip: 2.0\nprimary: {metric: log-loss}", "classification", null);
        for (int i = 0; i < 200; i++) {
            folded.pair(true, true, pair -> pair.setChampionProbability(1e-6).setCandidateProbability(0.1));
        }

        assertThat(folded.standing().getLogEValue()).isZero();
    }

    @Test
    void decidesByTheBrierScore() {
        String policy = "pairs: {min: 10}\nprimary: {metric: brier}";
        Folded better = new Folded(policy, "classification", null);
        for (int i = 0; i < 200; i++) {
            better.pair(true, true, pair -> pair.setChampionBrier(1.0).setCandidateBrier(0.5));
        }

        assertThat(better.decision()).isEqualTo("promote");
    }

    @Test
    void failsACandidateWithoutTheBrierScoreThatIsAskedFor() {
        GateUnderPolicy gate = new GateUnderPolicy("primary: {metric: brier}");
        gate.pair(true, true, score -> score.setBrier(0.5), UnaryOperator.identity());

        assertThat(gate.outcome()).isEqualTo("failed");
        assertThat(gate.standing().getDetail()).contains("Brier score").contains("newer scorer");
    }

    @Test
    void promotesAlsoWhatIsNotInferiorWhereThePolicySaysSoAtHalfTheLevelEach() {
        String policy = "pairs: {min: 10}\nprimary: {within: 0.1}";
        Folded equal = new Folded(policy, "classification", null);
        for (int i = 0; i < 200; i++) {
            equal.pair(true, true, UnaryOperator.identity());
        }

        assertThat(equal.decision()).isEqualTo("promote");
        assertThat(equal.standing().getReason()).isEqualTo("evidence.within");
        assertThat(equal.standing().getLogThreshold())
                .isCloseTo(-Math.log(equal.standing().getAlpha() / 2), within(1e-12));
        assertThat(equal.standing().getLogEValueWithin())
                .isGreaterThan(equal.standing().getLogThreshold());
        assertThat(equal.standing().getLogEValue()).isZero();
        // seven wins: E = 2^8 / 8 = 32 of the 32.9 that alpha_1 asks for; eight 57, of 65.8 at half of it; nine 102
        assertThat(answers("pairs: {min: 1}", 8).decision()).isEqualTo("promote");
        assertThat(answers("pairs: {min: 1}\nprimary: {within: 0.001}", 8).decision())
                .isEqualTo("defer");
        assertThat(answers("pairs: {min: 1}\nprimary: {within: 0.001}", 9).decision())
                .isEqualTo("promote");
    }

    @Test
    void endsATrialEarlyOnlyWhenNeitherWayIsLeft() {
        String policy = "pairs: {min: 10, max: 10000}\nprimary: {within: 0.1}";
        Folded slightly = new Folded(policy, "classification", null);
        Folded much = new Folded(policy, "classification", null);
        for (int i = 0; i < 600; i++) {
            slightly.pair(true, i % 12 != 0, UnaryOperator.identity()); // 8 points worse
            much.pair(true, i % 2 == 0, UnaryOperator.identity()); // 50 points worse
        }

        assertThat(slightly.decision()).isNotEqualTo("keep");
        assertThat(much.standing().getReason()).isEqualTo("evidence.against");
    }

    @Test
    void promotesALanguageModelThatTakesHardlyMoreBits() {
        Folded folded = new Folded("pairs: {min: 10}\nprimary: {within: 0.5}", "causal-lm", null);
        for (int i = 0; i < 400; i++) {
            folded.bits(5, 5.1, UnaryOperator.identity());
        }

        assertThat(folded.standing().getReason()).isEqualTo("evidence.within");
        assertThat(folded.standing().getLogEValueWithin()).isNotNull();
    }

    /** Pairs in which only the candidate is right. */
    private static Folded answers(String policy, int wins) {
        Folded folded = new Folded(policy, "classification", null);
        for (int i = 0; i < wins; i++) {
            folded.pair(false, true, UnaryOperator.identity());
        }
        return folded;
    }
}
