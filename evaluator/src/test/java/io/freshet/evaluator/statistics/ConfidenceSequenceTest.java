package io.freshet.evaluator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceSequenceTest {

    private static final double ALPHA = 0.05;

    /**
     * Expected ends come from a Python program that evaluates the definition anew at each t, with all sums written out, on d_i =
     * 1, 0 or -1 as (7 i mod 10) is below, above or equal to 3. Both sum 2,000 doubles of at most 1: 1e-12 is a thousand times
     * their rounding.
     */
    @ParameterizedTest(name = "after {0}")
    @CsvSource({
        "1, -1, 1",
        "10, -1, 1",
        "200, 0.052882882002296405, 0.3508462494312339",
        "2000, 0.14952557344302964, 0.2525148294008406"
    })
    void agreesWithTheDefinitionEvaluatedAnew(int count, double low, double high) {
        ConfidenceSequence sequence = ConfidenceSequence.EMPTY;
        for (int i = 0; i < count; i++) {
            int position = (7 * i) % 10;
            sequence = sequence.add(position < 3 ? 1 : position == 3 ? -1 : 0, ALPHA);
        }
        Interval interval = sequence.interval(ALPHA);
        assertThat(interval.low()).isCloseTo(low, within(1e-12));
        assertThat(interval.high()).isCloseTo(high, within(1e-12));
    }

    @Test
    void saysNothingBeforeTheFirstPair() {
        assertThat(ConfidenceSequence.EMPTY.interval(ALPHA)).isEqualTo(new Interval(-1, 1));
    }

    /**
     * Over 500 streams of 1,000 pairs with a true difference of 0.05, the interval may miss it *at any moment* in at most 5 % of
     * streams: 25; binomial standard deviation 4.9, so 43 leaves 3.7 deviations. A fixed-time 95 % interval looked at 1,000
     * times misses in far more.
     */
    @Test
    void coversTheDifferenceAtEveryMomentAtOnce() {
        SplittableRandom random = new SplittableRandom(99);
        int missed = 0;
        for (int stream = 0; stream < 500; stream++) {
            ConfidenceSequence sequence = ConfidenceSequence.EMPTY;
            boolean miss = false;
            for (int i = 0; i < 1_000; i++) {
                double u = random.nextDouble();
                sequence = sequence.add(u < 0.10 ? 1 : u < 0.15 ? -1 : 0, ALPHA);
                Interval interval = sequence.interval(ALPHA);
                miss |= interval.low() > 0.05 || interval.high() < 0.05;
            }
            missed += miss ? 1 : 0;
        }
        assertThat(missed).isLessThanOrEqualTo(43);
    }
}
