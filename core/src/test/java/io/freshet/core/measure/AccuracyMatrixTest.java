package io.freshet.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccuracyMatrixTest {

    private static final AccuracyMatrix THREE_TASKS =
            new AccuracyMatrix(List.of(List.of(0.9, 0.2, 0.1), List.of(0.6, 0.8, 0.3), List.of(0.7, 0.5, 0.9)), true);

    @Test
    void averagesTheLastRow() {
        assertThat(THREE_TASKS.averageAccuracy()).isCloseTo(2.1 / 3, within(1e-12));
    }

    @Test
    void forgetsWhatWasBetterAtBestThanInTheEnd() {
        // Task 1: 0.9 - 0.7, task 2: 0.8 - 0.5; task 3 was only just learned.
        assertThat(THREE_TASKS.forgetting()).hasValueCloseTo((0.2 + 0.3) / 2, within(1e-12));
    }

    @Test
    void forgetsLessThanNothingWhereTheEndIsBest() {
        AccuracyMatrix matrix = new AccuracyMatrix(List.of(List.of(0.5, 0.0), List.of(0.6, 0.9)), true);
        assertThat(matrix.forgetting()).hasValueCloseTo(-0.1, within(1e-12));
    }

    @Test
    void transfersBackwardFromTheDiagonalToTheEnd() {
        // 0.7 - 0.9 and 0.5 - 0.8
        assertThat(THREE_TASKS.backwardTransfer()).hasValueCloseTo((-0.2 - 0.3) / 2, within(1e-12));
    }

    @Test
    void transfersForwardBeyondWhatNoLearningGives() {
        // 0.2 - 0.05 and 0.3 - 0.05
        assertThat(THREE_TASKS.forwardTransfer(List.of(0.05, 0.05, 0.05)))
                .hasValueCloseTo((0.15 + 0.25) / 2, within(1e-12));
    }

    @Test
    void countsEveryTaskAsForgettableWhereTasksComeMixed() {
        AccuracyMatrix mixed = new AccuracyMatrix(List.of(List.of(0.5, 0.6), List.of(0.4, 0.8)), false);
        assertThat(mixed.forgetting()).hasValueCloseTo((0.1 - 0.2) / 2, within(1e-12));
        assertThat(mixed.backwardTransfer()).isEmpty();
        assertThat(mixed.forwardTransfer(List.of(0.0, 0.0))).isEmpty();
    }

    @Test
    void saysNothingOfForgettingAfterOneTask() {
        AccuracyMatrix one = new AccuracyMatrix(List.of(List.of(0.8)), true);
        assertThat(one.averageAccuracy()).isEqualTo(0.8);
        assertThat(one.forgetting()).isEmpty();
        assertThat(one.backwardTransfer()).isEmpty();
    }

    @Test
    void refusesWhatIsNoMatrixOfAccuracies() {
        assertThatThrownBy(() -> new AccuracyMatrix(List.of(), false)).hasMessageContaining("at least one row");
        assertThatThrownBy(() -> new AccuracyMatrix(List.of(List.of(0.1, 0.2), List.of(0.1)), false))
                .hasMessageContaining("rows of 2 and of 1");
        assertThatThrownBy(() -> new AccuracyMatrix(List.of(List.of(Double.NaN)), true))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new AccuracyMatrix(List.of(List.of(0.1, 0.2)), true))
                .hasMessageContaining("1 rows after each of 2 tasks");
        assertThatThrownBy(() -> THREE_TASKS.forwardTransfer(List.of(0.0))).hasMessageContaining("3 tasks");
    }
}
