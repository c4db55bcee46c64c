package io.freshet.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatioTest {

    @Test
    void dividesRoundByRoundAndNotMedianByMedian() {
        // quotients 2, 4, 0.5; the quotient of the medians would be 8 / 4
        Ratio ratio = Ratio.of("a by b", List.of(8.0, 16.0, 2.0), List.of(4.0, 4.0, 4.0), null);
        assertThat(ratio).isEqualTo(new Ratio("a by b", 2, 0.5, 4, null));
        Ratio drifting = Ratio.of("a by b", List.of(1.0, 10.0, 100.0), List.of(1.0, 5.0, 100.0), 1.0);
        assertThat(drifting).isEqualTo(new Ratio("a by b", 1, 1, 2, 1.0));
    }

    @Test
    void saysWhetherTheTargetIsReached() {
        assertThat(new Ratio("x", 1.2, 1.1, 1.3, 1.2).line()).contains("target 1.20 reached");
        assertThat(new Ratio("x", 1.19, 1.1, 1.3, 1.2).line()).contains("target 1.20 not reached");
        assertThat(new Ratio("x", 1.19, 1.1, 1.3, null).line()).doesNotContain("target");
    }

    @Test
    void refusesRoundsThatDoNotPair() {
        assertThatThrownBy(() -> Ratio.of("a by b", List.of(1.0), List.of(1.0, 2.0), null))
                .hasMessageContaining("1 rounds by 2 rounds");
    }
}
