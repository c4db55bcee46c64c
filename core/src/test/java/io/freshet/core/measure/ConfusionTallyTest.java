package io.freshet.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConfusionTallyTest {

    private static ConfusionTally tally() {
        ConfusionTally tally = new ConfusionTally(ConfusionTally.State.EMPTY);
        tally.add("a", "a");
        tally.add("a", "a");
        tally.add("a", "b");
        tally.add("b", "a");
        tally.add("b", "b");
        tally.add("c", "b");
        tally.add("c", null);
        return tally;
    }

    @Test
    void givesPrecisionRecallAndF1OfEachLabel() {
        ConfusionTally tally = tally();
        assertThat(tally.accuracy()).isCloseTo(3.0 / 7, within(1e-12));
        ClassScore a = tally.classes().get(0);
        assertThat(a).isEqualTo(new ClassScore("a", 3, 3, 2));
        assertThat(a.precision()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(a.recall()).isCloseTo(2.0 / 3, within(1e-12));
        ClassScore b = tally.classes().get(1);
        assertThat(b).isEqualTo(new ClassScore("b", 2, 3, 1));
        assertThat(b.f1()).isCloseTo(2.0 / 5, within(1e-12));
        assertThat(tally.classes().get(2)).isEqualTo(new ClassScore("c", 2, 0, 0));
    }

    @Test
    void averagesF1OverTheLabels() {
        // a: 2 * 2 / 6, b: 2 * 1 / 5, c: 0
        assertThat(tally().macroF1()).isCloseTo((4.0 / 6 + 2.0 / 5) / 3, within(1e-12));
    }

    @Test
    void namesThePairsConfusedMostOften() {
        ConfusionTally tally = tally();
        tally.add("c", "b");
        assertThat(tally.confusions(2)).containsExactly(new Confusion("c", "b", 2), new Confusion("a", "b", 1));
    }

    @Test
    void keepsTheFrequentPairsWhenThereAreMoreThanItHasRoomFor() {
        ConfusionTally tally = new ConfusionTally(ConfusionTally.State.EMPTY);
        for (int i = 0; i < 3 * ConfusionTally.PAIRS; i++) {
            tally.add("rare-" + i, "other");
            tally.add("often", "mistaken");
        }
        Confusion first = tally.confusions(1).get(0);
        assertThat(first).isEqualTo(new Confusion("often", "mistaken", 3L * ConfusionTally.PAIRS));
        assertThat(tally.state().confusions()).hasSize(ConfusionTally.PAIRS);
    }

    @Test
    void goesOnExactlyFromItsState() {
        ConfusionTally resumed = new ConfusionTally(tally().state());
        ConfusionTally whole = tally();
        resumed.add("b", "c");
        whole.add("b", "c");
        assertThat(resumed.state()).isEqualTo(whole.state());
        assertThat(resumed.accuracy()).isEqualTo(whole.accuracy());
        assertThat(resumed.answers()).isEqualTo(8);
    }
}
