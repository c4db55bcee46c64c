package io.freshet.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdwinTest {

    /** Every bucket sums a power of two of neighbours, at most five of a size, and together they are exact. */
    @Test
    void itsHistogramHoldsEveryObservationInLogarithmicMemory() {
        ExponentialHistogram histogram = new ExponentialHistogram(List.of());
        double sum = 0;
        double squares = 0;
        int n = 5_000;
        for (int i = 0; i < n; i++) {
            double value = (i * 37 % 101) / 100.0;
            histogram.add(i, value);
            sum += value;
            squares += value * value;
        }
        assertThat(histogram.whole().size()).isEqualTo(n);
        assertThat(histogram.whole().sum()).isCloseTo(sum, within(1e-9));
        assertThat(histogram.whole().variance()).isCloseTo(squares / n - sum / n * (sum / n), within(1e-9));
        assertThat(histogram.buckets())
                .hasSizeLessThanOrEqualTo(5 * 12); // 5 * (1 + 2 + ... + 512) = 5,115 are 10 sizes
        long next = 0;
        for (ExponentialHistogram.Bucket bucket : histogram.buckets()) {
            assertThat(bucket.from()).isEqualTo(next);
            assertThat(Long.bitCount(bucket.size())).isEqualTo(1);
            next += bucket.size();
        }
    }

    /**
     * Of 40 zeros and n ones, cut at their border: m = 1 / (1/40 + 1/n), the variance is p (1 - p) with p = n / (40 + n),
     * and the bound sqrt(2/m v ln(2 ln(W) / delta)) + 2/(3m) ln(2 ln(W) / delta). With delta = 0.002, W = 40 + n and n = 12:
     * m = 9.23, v = 0.1775, ln(2 ln(52) / 0.002) = 8.28: 0.565 + 0.598 = 1.16 > 1; with n = 16: m = 11.43, v = 0.2041,
     * 8.30: 0.544 + 0.484 = 1.03 > 1; with n = 17: m = 11.93, v = 0.2093, 8.31: 0.540 + 0.464 = 1.004 > 1; with n = 18:
     * m = 12.41, v = 0.2140, 8.31: 0.535 + 0.446 = 0.98 < 1. Buckets may straddle the border, hence the room above.
     */
    @Test
    void cutsWhereTheBoundOfThePaperSaysSo() {
        Adwin adwin = new Adwin(0.002, Adwin.State.EMPTY);
        for (int i = 0; i < 40; i++) {
            assertThat(adwin.observe(i, 0)).isEmpty();
        }
        for (int i = 40; i < 57; i++) {
            assertThat(adwin.observe(i, 1)).as("after %d ones", i - 39).isEmpty();
        }
        Optional<Change> change = Optional.empty();
        int ones = 17;
        while (change.isEmpty()) {
            change = adwin.observe(40 + ones++, 1);
        }
        assertThat(ones).isBetween(18, 20);
        assertThat(change.get().since()).isBetween(36L, 44L);
        assertThat(change.get().before()).isLessThan(0.1);
        assertThat(change.get().after()).isGreaterThan(0.9);
    }

    @Test
    void tellsAFallFromARise() {
        Adwin adwin = new Adwin(0.002, Adwin.State.EMPTY);
        Optional<Change> change = Optional.empty();
        for (int i = 0; i < 400 && change.isEmpty(); i++) {
            change = adwin.observe(i, i < 200 ? 1 : 0);
        }
        assertThat(change).isPresent();
        assertThat(change.get().rose()).isFalse();
    }
}
