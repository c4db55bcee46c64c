package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PrequentialTest {

    @Test
    void isZeroBeforeTheFirstPrediction() {
        Prequential prequential = new Prequential(Prequential.State.EMPTY);
        assertThat(prequential.accuracy()).isZero();
        assertThat(prequential.windowAccuracy()).isZero();
        assertThat(prequential.loss()).isZero();
    }

    @Test
    void countsAllAndTheLastThousandApart() {
        Prequential prequential = new Prequential(Prequential.State.EMPTY);
        for (int i = 0; i < 2_000; i++) {
            prequential.add(i >= 1_500, 0.5);
        }
        assertThat(prequential.accuracy()).isEqualTo(0.25);
        assertThat(prequential.windowAccuracy()).isEqualTo(0.5);
        assertThat(prequential.loss()).isCloseTo(Math.log(2), within(1e-12));
    }

    @Test
    void goesOnFromItsStateExactly() {
        Random random = new Random(5);
        Prequential whole = new Prequential(Prequential.State.EMPTY);
        Prequential restored = whole;
        for (int i = 0; i < 3_456; i++) {
            if (i == 700 || i == 2_345) {
                restored = new Prequential(restored.state());
            }
            boolean right = random.nextBoolean();
            double probability = 1 - random.nextDouble();
            whole.add(right, probability);
            if (restored != whole) {
                restored.add(right, probability);
            }
        }
        assertThat(restored.state()).isEqualTo(whole.state());
        assertThat(restored.windowAccuracy()).isEqualTo(whole.windowAccuracy());
    }

    @Test
    void refusesAStateWhoseCountsDoNotFit() {
        assertThatThrownBy(() -> new Prequential.State(3, 4, 0, "111")).hasMessageContaining("4 right of 3");
        assertThatThrownBy(() -> new Prequential.State(3, 1, 0, "1")).hasMessageContaining("do not fit");
    }
}
