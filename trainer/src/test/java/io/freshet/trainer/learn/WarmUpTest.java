package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WarmUpTest {

    @Test
    void risesLinearlyAndStaysAtItsPeak() {
        WarmUp rate = new WarmUp(0.4, 4);
        assertThat(rate.at(1)).isEqualTo(0.1);
        assertThat(rate.at(2)).isEqualTo(0.2);
        assertThat(rate.at(4)).isEqualTo(0.4);
        assertThat(rate.at(1_000_000)).isEqualTo(0.4);
    }

    @Test
    void isConstantWithoutWarmUp() {
        assertThat(new WarmUp(0.4, 0).at(1)).isEqualTo(0.4);
    }

    @Test
    void refusesARateThatIsNoPositiveNumber() {
        assertThatThrownBy(() -> new WarmUp(0, 1)).hasMessageContaining("peak");
        assertThatThrownBy(() -> new WarmUp(Double.NaN, 1)).hasMessageContaining("peak");
        assertThatThrownBy(() -> new WarmUp(1, -1)).hasMessageContaining("steps");
    }
}
