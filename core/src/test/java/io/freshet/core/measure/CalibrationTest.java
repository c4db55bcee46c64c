package io.freshet.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CalibrationTest {

    @Test
    void measuresHowFarConfidenceIsFromAccuracyInEachBin() {
        Calibration calibration = new Calibration(Calibration.State.EMPTY);
        calibration.add(0.95, true, 0);
        calibration.add(0.99, false, 0); // same bin, [14/15, 1]: confidence 0.97, accuracy 0.5
        calibration.add(0.41, true, 0); // bin [6/15, 7/15): confidence 0.41, accuracy 1
        assertThat(calibration.expectedError()).isCloseTo(2.0 / 3 * (0.97 - 0.5) + 1.0 / 3 * (1 - 0.41), within(1e-12));
    }

    @Test
    void hasNoErrorWhereConfidenceIsAccuracy() {
        Calibration calibration = new Calibration(Calibration.State.EMPTY);
        for (int i = 0; i < 4; i++) {
            calibration.add(0.75, i > 0, 0);
        }
        assertThat(calibration.expectedError()).isCloseTo(0, within(1e-12));
    }

    @Test
    void scoresWholeDistributions() {
        // (0.7 - 1)^2 + 0.2^2 + 0.1^2, in float32
        assertThat(Calibration.brier(new float[] {0.7f, 0.2f, 0.1f}, 0)).isCloseTo(0.14, within(1e-6));
        // the truth is no label of the model: 1 + 0.5^2 + 0.5^2
        assertThat(Calibration.brier(new float[] {0.5f, 0.5f}, -1)).isCloseTo(1.5, within(1e-12));
        Calibration calibration = new Calibration(Calibration.State.EMPTY);
        calibration.add(0.7, true, 0.14);
        calibration.add(0.5, false, 1.5);
        assertThat(calibration.brier()).isCloseTo(0.82, within(1e-12));
    }

    @Test
    void goesOnExactlyFromItsState() {
        Calibration whole = new Calibration(Calibration.State.EMPTY);
        whole.add(0.3, false, 0.9);
        Calibration resumed = new Calibration(whole.state());
        whole.add(1.0, true, 0.01);
        resumed.add(1.0, true, 0.01);
        assertThat(resumed.state()).isEqualTo(whole.state());
    }

    @Test
    void refusesWhatIsNoProbability() {
        Calibration calibration = new Calibration(Calibration.State.EMPTY);
        assertThatThrownBy(() -> calibration.add(Double.NaN, true, 0)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> calibration.add(0.5, true, 2.5)).hasMessageContaining("2.5");
    }

    @Test
    void countsWhatWasRightBeforeAndIsWrongNow() {
        NegativeFlips flips = NegativeFlips.NONE
                .add(true, false)
                .add(true, true)
                .add(false, true)
                .add(false, false);
        assertThat(flips).isEqualTo(new NegativeFlips(4, 1, 1));
        assertThat(flips.rate()).isEqualTo(0.25);
        assertThatThrownBy(() -> new NegativeFlips(1, 1, 1)).hasMessageContaining("of 1 examples");
    }
}
