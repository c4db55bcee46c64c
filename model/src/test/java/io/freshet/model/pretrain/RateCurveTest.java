package io.freshet.model.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateCurveTest {

    @Test
    void risesToThePeakAndFallsToNothing() {
        RateCurve curve = new RateCurve(0.002, 0.2);
        assertThat(curve.at(0)).isZero();
        assertThat(curve.at(0.1)).isCloseTo(0.001, within(1e-12));
        assertThat(curve.at(0.2)).isCloseTo(0.002, within(1e-12));
        assertThat(curve.at(0.6)).isCloseTo(0.001, within(1e-12)); // half of the 0.8 that are left
        assertThat(curve.at(1)).isZero();
        assertThat(new RateCurve(0.002, 0).at(0)).isEqualTo(0.002);
    }

    @Test
    void refusesRatesThatCannotBe() {
        assertThatThrownBy(() -> new RateCurve(Double.NaN, 0)).hasMessageContaining("NaN is outside (0, 1)");
        assertThatThrownBy(() -> new RateCurve(0.1, 1)).hasMessageContaining("1.0 is outside [0, 1)");
    }

    @Test
    void spendsABudgetByStepsOrByTime() {
        Budget time = new Budget.Time(Duration.ofMinutes(2));
        assertThat(new Budget.Steps(8).spent(2, Long.MAX_VALUE)).isEqualTo(0.25);
        assertThat(time.spent(1_000_000, 30_000_000_000L)).isEqualTo(0.25);
        assertThatThrownBy(() -> new Budget.Steps(0)).hasMessageContaining("fewer than 1");
        assertThatThrownBy(() -> new Budget.Time(Duration.ZERO)).hasMessageContaining("no time");
    }
}
