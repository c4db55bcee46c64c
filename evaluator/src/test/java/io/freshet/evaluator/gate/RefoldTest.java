package io.freshet.evaluator.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.freshet.evaluator.policy.PolicyFile;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.Pair;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RefoldTest {

    private static final String POLICY = """
            pairs: {min: 50, max: 5000}
            primary: {within: 0.02}
            guards:
              log-loss: {margin: 0.5}
              brier: {margin: 0.5}
              calibration: {worse-by-at-most: 0.2}
              negative-flips: {at-most: 0.1}
              recall: [{label: "yes", floor: 0.5, min-examples: 10}]
              latency: {ratio: 3.0, min-pairs: 20}
            slices:
              rules:
                - {by: task, min-pairs: 100, margin: 0.1}
                - {by: attribute, attribute: channel, min-pairs: 100, margin: 0.1}
            """;

    @Test
    void computesEveryFigureOfTheDecisionFromThePairsAlone() {
        GateUnderPolicy gate = new GateUnderPolicy(POLICY);
        play(gate, 1_500, 11);
        assertThat(gate.promoted()).isTrue();

        Refold refold = new Refold(gate.all(io.freshet.schemas.Trial.class).get(1));
        List<Pair> pairs = gate.pairs();
        for (Pair pair : pairs.subList(0, pairs.size() - 1)) {
            refold.add(pair);
            assertThat(refold.decision()).isEqualTo("defer");
        }
        refold.add(pairs.get(pairs.size() - 1));

        Evaluation again = refold.evaluation();
        Evaluation published = gate.standing();
        assertThat(published.getDecision()).isEqualTo("promote");
        assertThat(published.getSlices()).hasSize(5);
        assertThat(published.getGuards()).hasSize(6);
        assertThat(again).isEqualTo(published);
    }

    @Test
    void goesOnAfterARestartAsIfThereHadBeenNone() {
        GateUnderPolicy whole = new GateUnderPolicy(POLICY);
        play(whole, 600, 3);
        GateUnderPolicy halves = new GateUnderPolicy(POLICY);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 600; i++) {
            if (i % 97 == 0) {
                halves.restart(PolicyFile.fromYaml(POLICY, "classification"));
            }
            step(halves, random);
        }

        assertThat(halves.said()).isEqualTo(whole.said());
    }

    @Test
    void refusesPairsOutOfTheirOrderOrOfAnotherTrial() {
        GateUnderPolicy gate = new GateUnderPolicy(POLICY);
        gate.wins(2);
        Refold refold = new Refold(gate.trial());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> refold.add(gate.pairs().get(1)))
                .withMessageContaining("is not pair 0");
        Pair other = Pair.newBuilder(gate.pairs().get(0)).setTrial("t9").build();
        assertThatIllegalArgumentException().isThrownBy(() -> refold.add(other)).withMessageContaining("t9");
    }

    /** Pairs of a candidate that is ten points better everywhere, until the gate decides. */
    private static void play(GateUnderPolicy gate, int pairs, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < pairs && !gate.promoted(); i++) {
            step(gate, random);
        }
    }

    private static void step(GateUnderPolicy gate, SplittableRandom random) {
        double u = random.nextDouble();
        String task = "task" + random.nextInt(3);
        String channel = random.nextBoolean() ? "web" : "phone";
        double confidence = 0.5 + random.nextDouble() / 2;
        gate.pair(
                u < 0.8,
                u < 0.75 || u > 0.85,
                score -> score.setTask(task)
                        .setAttributes(java.util.Map.of("channel", channel))
                        .setPredictedProbability(confidence)
                        .setBrier(confidence)
                        .setLatencyMicros(100),
                score -> score.setTask(task)
                        .setAttributes(java.util.Map.of("channel", channel))
                        .setPredictedProbability(confidence)
                        .setBrier(confidence / 2)
                        .setLatencyMicros(150));
    }
}
