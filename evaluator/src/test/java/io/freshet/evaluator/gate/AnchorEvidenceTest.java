package io.freshet.evaluator.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.evaluator.statistics.MarginTest;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class AnchorEvidenceTest {

    private static final String POLICY = "pairs: {min: 20}\nanchor: {margin: 0.1}";
    private static final String ANCHOR = Given.id(0);

    @Test
    void blocksACandidateThatIsBetterThanTheChampionAndWorseThanTheAnchor() {
        Folded good = new Folded(POLICY, "classification", ANCHOR);
        Folded bad = new Folded(POLICY, "classification", ANCHOR);
        for (int i = 0; i < 300; i++) {
            boolean candidate = i % 2 == 0; // right in half of the pairs, the champion in a quarter
            boolean champion = i % 4 == 0;
            good.pair(
                    champion,
                    candidate,
                    pair -> pair.setAnchorPredicted(candidate ? "yes" : "no").setAnchorProbability(0.5));
            bad.pair(champion, candidate, pair -> pair.setAnchorPredicted("yes").setAnchorProbability(0.5));
        }

        assertThat(good.decision()).isEqualTo("promote");
        assertThat(good.standing().getAnchor()).isEqualTo(ANCHOR);
        assertThat(good.standing().getAnchorLogThreshold())
                .isEqualTo(-Math.log(good.standing().getAlpha()));
        assertThat(bad.decision()).isEqualTo("defer");
        assertThat(bad.standing().getReason()).isEqualTo("anchor.open");
        assertThat(bad.standing().getDetail()).contains(ANCHOR).contains("0.1");
        assertThat(bad.standing().getAnchorLogEValue()).isLessThan(1);
    }

    @Test
    void takesTheChampionsAnswersWhereItIsTheAnchor() {
        Folded folded = new Folded(POLICY, "classification", Folded.champion());
        MarginTest expected = MarginTest.nonInferiority(0.1);
        for (int i = 0; i < 40; i++) {
            folded.pair(false, i % 3 == 0, UnaryOperator.identity());
            expected = expected.add(i % 3 == 0 ? 1 : 0);
        }

        assertThat(folded.standing().getAnchorLogEValue()).isCloseTo(expected.logEvidence(), within(0.0));
        assertThat(folded.decision()).isEqualTo("promote");
    }

    @Test
    void staysOpenWhereTheAnchorCouldNotBeScored() {
        Folded folded = new Folded(POLICY, "classification", ANCHOR);
        for (int i = 0; i < 300; i++) {
            folded.pair(false, true, UnaryOperator.identity());
        }

        assertThat(folded.standing().getReason()).isEqualTo("anchor.open");
        assertThat(folded.standing().getAnchorLogEValue()).isZero();
    }

    @Test
    void comparesLanguageModelsWithTheAnchorByBits() {
        Folded good = new Folded("pairs: {min: 20}\nanchor: {margin: 0.5}", "causal-lm", ANCHOR);
        Folded bad = new Folded("pairs: {min: 20}\nanchor: {margin: 0.5}", "causal-lm", ANCHOR);
        for (int i = 0; i < 500; i++) {
            good.bits(6, 5, pair -> pair.setAnchorBits(5.1).setAnchorProbability(1e-6));
            bad.bits(6, 5, pair -> pair.setAnchorBits(4.4).setAnchorProbability(1e-6));
        }

        assertThat(good.decision()).isEqualTo("promote");
        assertThat(bad.standing().getReason()).isEqualTo("anchor.open");
    }

    @Test
    void asksForNoAnchorWhereThePolicyDoesNot() {
        Folded folded = new Folded("pairs: {min: 20}", "classification", ANCHOR);
        for (int i = 0; i < 20; i++) {
            folded.pair(false, true, UnaryOperator.identity());
        }

        assertThat(folded.decision()).isEqualTo("promote");
        assertThat(folded.standing().getAnchor()).isNull();
        assertThat(folded.standing().getAnchorLogEValue()).isNull();
    }
}
