package io.freshet.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryCurveTest {

    @Test
    void looksAtTheSecondHalfOnly() {
        MemoryCurve curve = curve(100, 300, 400, 406, 400, 404);
        assertThat(curve.variation()).isEqualTo(6.0 / 400); // 406 - 400 by 400
        assertThat(curve.flat()).isTrue();
    }

    @Test
    void isNotFlatBeyondThreeInAHundred() {
        assertThat(curve(400, 400, 400, 412, 400).flat()).isTrue(); // 12 / 400 is 3 % exactly
        assertThat(curve(400, 400, 400, 413, 400).flat()).isFalse();
    }

    @Test
    void measuresASteadyCreepFromTheMiddleToTheEnd() {
        assertThat(curve(0, 0, 0, 0, 400, 402, 404, 406).rise()).isCloseTo(6, within(1e-9));
        assertThat(curve(0, 0, 400, 400).rise(MemorySample::heap)).isZero();
    }

    @Test
    void needsEnoughSamplesForHalves() {
        assertThatThrownBy(() -> curve(1, 2, 3)).hasMessageContaining("3 samples");
    }

    private static MemoryCurve curve(double... resident) {
        List<MemorySample> samples = new ArrayList<>();
        for (double megabytes : resident) {
            samples.add(new MemorySample(100L * (samples.size() + 1), megabytes, 20, 50, 10));
        }
        return new MemoryCurve(samples);
    }
}
