package io.freshet.evaluator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class QualityTest {

    /**
     * Truths a a a b b c, answers a a b b c d. By hand: a: precision 2/2, recall 2/3, F1 4/5; b: 1/2, 1/2, 1/2; c: 0/1, 0/1, 0; d:
     * 0/1, never the truth, 0.
     */
    @Test
    void averagesOverTheLabelsThatOccurred() {
        LabelTally a = LabelTally.NONE.hit().hit().missed();
        LabelTally b = LabelTally.NONE.hit().missed().mistaken();
        LabelTally c = LabelTally.NONE.missed().mistaken();
        LabelTally d = LabelTally.NONE.mistaken();
        AnswerTally answers = AnswerTally.NONE
                .add(true, 0.5)
                .add(true, 0.5)
                .add(false, 0.25)
                .add(true, 1)
                .add(false, 0.25)
                .add(false, 1e-6);

        Quality quality = Quality.of(answers, List.of(a, b, c, d));

        assertThat(quality.accuracy()).isEqualTo(0.5);
        assertThat(quality.macroPrecision()).isCloseTo((1 + 0.5) / 4, within(1e-15));
        assertThat(quality.macroRecall()).isCloseTo((2.0 / 3 + 0.5) / 4, within(1e-15));
        assertThat(quality.macroF1()).isCloseTo((0.8 + 0.5) / 4, within(1e-15));
        // 2 ln 2 + 2 ln 4 + 0 + 6 ln 10 = 6 ln 2 + 6 ln 10, over 6
        assertThat(quality.logLoss()).isCloseTo(Math.log(20), within(1e-14));
    }

    @Test
    void isZeroBeforeAnythingWasCounted() {
        assertThat(Quality.of(AnswerTally.NONE, List.of())).isEqualTo(new Quality(0, 0, 0, 0, 0));
    }

    @Test
    void refusesAProbabilityThatIsNotANumber() {
        assertThatThrownBy(() -> AnswerTally.NONE.add(true, Double.NaN)).hasMessageContaining("probability NaN");
    }
}
