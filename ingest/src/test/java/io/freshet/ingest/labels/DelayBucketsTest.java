package io.freshet.ingest.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DelayBucketsTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 1_000, 86_400_000, 30L * 86_400_000})
    void theMiddleOfABucketIsWithinFivePercent(long millis) {
        double middle = DelayBuckets.middle(DelayBuckets.of(millis));

        // Half a bucket is the sixteenth root of two, 1.044.
        assertThat(middle).isCloseTo((double) millis, within(0.045 * (double) millis));
    }

    @Test
    void theMedianIsNearTheTrueOne() {
        Random random = new Random(3);
        long[] delays = random.doubles(10_001)
                .mapToLong(u -> Math.round(1_000 * Math.exp(8 * u)))
                .toArray();
        Map<Integer, Long> counts = new TreeMap<>();
        Arrays.stream(delays).forEach(delay -> counts.merge(DelayBuckets.of(delay), 1L, Long::sum));
        Arrays.sort(delays);

        assertThat(DelayBuckets.median(counts).orElseThrow())
                .isCloseTo((double) delays[5_000], within(0.045 * (double) delays[5_000]));
    }

    @Test
    void thereIsNoMedianOfNothing() {
        assertThat(DelayBuckets.median(Map.of())).isEmpty();
    }

    @Test
    void noDelayIsABucketOfItsOwn() {
        assertThat(DelayBuckets.of(0)).isZero();
        assertThat(DelayBuckets.median(Map.of(0, 3L, 40, 2L)).orElseThrow()).isZero();
    }
}
