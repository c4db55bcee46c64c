package io.freshet.evaluator.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.evaluator.statistics.MarginTest;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.SliceScore;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SlicesTest {

    private static final String POLICY = """
            pairs: {min: 1000, max: 20000}
            slices:
              rules:
                - {by: task, min-pairs: 300, margin: 0.02}
            """;

    /** Half of the pairs each; 4 points better on one task, 2 points better or 6 worse on the other. */
    @Test
    void keepsACandidateThatIsBetterOnAverageButWorseOnASlice() {
        GateUnderPolicy everywhere = play(0.04, 0.02, 6_000);
        GateUnderPolicy lopsided = play(0.08, -0.04, 6_000);

        assertThat(everywhere.promoted()).isTrue();
        assertThat(everywhere.standing().getSlices())
                .extracting(SliceScore::getState)
                .containsOnly("passing");
        assertThat(lopsided.promoted()).isFalse();
        assertThat(lopsided.standing().getReason()).isEqualTo("slice.open");
        assertThat(lopsided.standing().getDetail()).endsWith("task=phone");
        assertThat(lopsided.standing().getLogEValue())
                .as("it would have been promoted on average")
                .isGreaterThan(lopsided.standing().getLogThreshold());
    }

    /** Ten streams of each kind; at level 0.05 half a false promotion is expected of ten at most, three have a chance of 1.2 %. */
    @Test
    void seldomPromotesACandidateThatIsWorseOnASliceByItsMargin() {
        int harmful = 0;
        int harmless = 0;
        for (long seed = 0; seed < 10; seed++) {
            harmful +=
                    run(new GateUnderPolicy(POLICY), 0.06, -0.02, 3_000, seed).promoted() ? 1 : 0;
            harmless +=
                    run(new GateUnderPolicy(POLICY), 0.06, 0.06, 3_000, seed).promoted() ? 1 : 0;
        }

        assertThat(harmful).isLessThan(3);
        assertThat(harmless).isGreaterThan(7);
    }

    @Test
    void doesNotBlockOnASliceWithTooFewPairsButReportsIt() {
        GateUnderPolicy gate = new GateUnderPolicy(POLICY);
        for (int i = 0; i < 299; i++) {
            gate.pair(true, true, task("phone"), task("phone"));
        }
        for (int i = 0; i < 701; i++) {
            gate.pair(false, true, task("web"), task("web"));
        }

        assertThat(gate.promoted()).isTrue();
        assertThat(gate.slice("task=phone").getState()).isEqualTo("unprotected");
        assertThat(gate.slice("task=phone").getPairs()).isEqualTo(299);
        assertThat(gate.slice("task=web").getState()).isEqualTo("passing");
        assertThat(gate.slice("task=web").getWins()).isEqualTo(701);
    }

    @Test
    void testsEachSliceAsTheStatisticsSay() {
        GateUnderPolicy gate = new GateUnderPolicy(POLICY);
        MarginTest expected = MarginTest.nonInferiority(0.02);
        for (int i = 0; i < 100; i++) {
            gate.pair(i % 3 == 0, i % 4 == 0, task("web"), task("web"));
            expected = expected.add((i % 4 == 0 ? 1 : 0) - (i % 3 == 0 ? 1 : 0));
        }

        assertThat(gate.slice("task=web").getLogEValue()).isCloseTo(expected.logEvidence(), within(0.0));
    }

    @Test
    void slicesByLabelAndByAttribute() {
        GateUnderPolicy gate = new GateUnderPolicy(
                "slices: {rules: [{by: label, margin: 0.1}, {by: attribute, attribute: lang, margin: 0.1}]}");
        UnaryOperator<ExampleScore.Builder> french = score -> score.setAttributes(Map.of("lang", "fr", "other", "x"));
        for (int i = 0; i < 60; i++) {
            gate.pair(true, true, french, french);
        }
        gate.agree(40);

        assertThat(gate.standing().getSlices())
                .extracting(SliceScore::getSlice)
                .containsExactly("label=yes", "lang=fr");
        assertThat(gate.slice("label=yes").getPairs()).isEqualTo(100);
        assertThat(gate.slice("lang=fr").getPairs()).as("40 have no language").isEqualTo(60);
    }

    @Test
    void tellsApartAsManySlicesAsThePolicySaysAndReportsTheOthersAsUnprotected() {
        GateUnderPolicy gate =
                new GateUnderPolicy("slices: {most: 3, rules: [{by: task, min-pairs: 10, margin: 0.1}]}");
        for (int i = 0; i < 100; i++) {
            String task = "t" + i % 5;
            gate.pair(i % 5 == 4, i % 5 == 3, task(task), task(task));
        }

        assertThat(gate.standing().getSlices())
                .extracting(SliceScore::getSlice)
                .containsExactly("task=t0", "task=t1", "task=t2", "(all beyond the first 3)");
        SliceScore others = gate.slice("(all beyond the first 3)");
        assertThat(others).isEqualTo(new SliceScore(others.getSlice(), 40L, 20L, 20L, 0.0, "unprotected"));
    }

    @Test
    void forgetsTheSlicesOfATrialThatHasEnded() {
        GateUnderPolicy gate = new GateUnderPolicy(POLICY);
        for (int i = 0; i < 1_000; i++) {
            gate.pair(false, true, task("web"), task("web"));
        }
        assertThat(gate.promoted()).isTrue();

        assertThat(gate.counters()).noneMatch(key -> key.startsWith("slice") || key.startsWith("guard"));
    }

    private static GateUnderPolicy play(double gainOfWeb, double gainOfPhone, int pairs) {
        return run(new GateUnderPolicy(POLICY), gainOfWeb, gainOfPhone, pairs, 5);
    }

    /** Discordance 0.1 on both tasks, which take half of the pairs each. */
    private static GateUnderPolicy run(
            GateUnderPolicy gate, double gainOfWeb, double gainOfPhone, int pairs, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < pairs && !gate.promoted(); i++) {
            boolean web = random.nextBoolean();
            double u = random.nextDouble();
            double wins = (0.1 + (web ? gainOfWeb : gainOfPhone)) / 2;
            UnaryOperator<ExampleScore.Builder> task = task(web ? "web" : "phone");
            gate.pair(u >= wins, u < wins || u >= 0.1, task, task);
        }
        return gate;
    }

    private static UnaryOperator<ExampleScore.Builder> task(String task) {
        return score -> score.setTask(task);
    }
}
