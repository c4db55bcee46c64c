package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComputeBudgetTest {

    private static final List<Integer> LENGTHS = List.of(10, 20, 30, 40);

    @Test
    void aStepIsComputedAtOnceUnlessToldOtherwise() {
        assertThat(ComputeBudget.of(LENGTHS, 1, ComputeBudget.NO_LIMIT)).isEqualTo(ComputeBudget.NO_LIMIT);
        assertThat(ComputeBudget.of(LENGTHS, 1, 70)).isEqualTo(70);
    }

    @Test
    void partsShareTheTokens() {
        assertThat(ComputeBudget.of(LENGTHS, 2, ComputeBudget.NO_LIMIT)).isEqualTo(50);
        assertThat(ComputeBudget.of(LENGTHS, 3, ComputeBudget.NO_LIMIT)).isEqualTo(33);
    }

    @Test
    void theSmallerOfBothLimitsHolds() {
        assertThat(ComputeBudget.of(LENGTHS, 2, 40)).isEqualTo(40);
        assertThat(ComputeBudget.of(LENGTHS, 2, 60)).isEqualTo(50);
    }

    @Test
    void isNeverTheLimitThatStandsForNone() {
        assertThat(ComputeBudget.of(List.of(1), 5, ComputeBudget.NO_LIMIT)).isEqualTo(1);
    }
}
