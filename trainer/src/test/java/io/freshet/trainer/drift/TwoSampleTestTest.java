package io.freshet.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.trainer.learn.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TwoSampleTestTest {

    /** Vectors of {@code width} coordinates that depend on each other, shifted in the first. */
    private static List<float[]> sample(SplitMix generator, int count, int width, double shift, double scale) {
        List<float[]> sample = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] vector = new float[width];
            float common = uniform(generator);
            for (int j = 0; j < width; j++) {
                vector[j] = (float) (scale * (uniform(generator) + common - 1) + (j == 0 ? shift : 0));
            }
            sample.add(vector);
        }
        return sample;
    }

    private static float uniform(SplitMix generator) {
        return (float) ((generator.next() >>> 11) * 0x1.0p-53);
    }

    /** The approximation's standard error with 4,096 features is below 1/64 = 0.016. */
    @Test
    void randomFeaturesApproximateTheKernel() {
        FourierFeatures map = new FourierFeatures(3, 4_096, 2, new SplitMix(1));
        double[] x = {0.5, -1, 2};
        double[] y = {1.5, 0, 1};
        double[] fx = map.of(x);
        double[] fy = map.of(y);
        double product = 0;
        for (int i = 0; i < fx.length; i++) {
            product += fx[i] * fy[i];
        }
        assertThat(product).isCloseTo(Math.exp(-3.0 / 8), within(0.06)); // |x - y|^2 = 3
    }

    /**
     * At alpha = 0.05 chance alarms in 5 % of comparisons at most: of 200, 10 expected, deviation sqrt(200 * 0.05 * 0.95)
     * = 3.1; 20 or more have a probability below 0.003, none or one below 0.001, and the seeds are fixed.
     */
    @Test
    void seesAChangeWhereThereIsNoneAsOftenAsItSays() {
        SplitMix data = new SplitMix(11);
        TwoSampleTest test = new TwoSampleTest(0.05, new SplitMix(12));
        int alarms = 0;
        for (int i = 0; i < 200; i++) {
            alarms += test.compare(sample(data, 30, 4, 0, 1), sample(data, 30, 4, 0, 1))
                            .significant()
                    ? 1
                    : 0;
        }
        System.out.printf("mmd at alpha 0.05: %d false alarms in 200 comparisons%n", alarms);
        assertThat(alarms).isBetween(2, 20);
    }

    @Test
    void seesAShiftAndAnotherSpread() {
        SplitMix data = new SplitMix(21);
        TwoSampleTest test = new TwoSampleTest(0.01, new SplitMix(22));
        for (int i = 0; i < 5; i++) {
            assertThat(test.compare(sample(data, 100, 4, 0, 1), sample(data, 100, 4, 0.5, 1))
                            .significant())
                    .as("shift, trial %d", i)
                    .isTrue();
            assertThat(test.compare(sample(data, 100, 4, 0, 1), sample(data, 100, 4, 0, 2.5))
                            .significant())
                    .as("spread, trial %d", i)
                    .isTrue();
        }
    }

    @Test
    void textsThatAreAllAlikeAreNoChange() {
        List<float[]> alike = List.of(new float[] {1, 2}, new float[] {1, 2}, new float[] {1, 2});
        assertThat(new TwoSampleTest(0.05, new SplitMix(1))
                        .compare(alike, alike)
                        .significant())
                .isFalse();
    }

    @Test
    void refusesFeaturesThatAreNoNumbers() {
        assertThatThrownBy(() -> new TwoSampleTest(0.05, new SplitMix(1))
                        .compare(List.of(new float[] {1, Float.NaN}), List.of(new float[] {1, 2})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new TwoSampleTest(0.05, new SplitMix(1))
                        .compare(List.of(new float[] {1, 3}), List.of(new float[] {1})))
                .hasMessageContaining("has 1 coordinates, the first 2");
    }

    /** Features are the texts' lengths and first letters; the texts become longer after number 60. */
    @Test
    void comparesWindowsOfTextsWithTheReferenceAndGoesOnFromItsState() {
        Windows windows = new Windows(0.01, 20);
        FeatureWatch whole = new FeatureWatch(windows, FeatureWatch.State.empty(3));
        FeatureWatch restored = new FeatureWatch(windows, FeatureWatch.State.empty(3));
        List<Long> seen = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            WatchedText text = new WatchedText((i < 60 ? "a" : "abcdef") + "x".repeat(i * 7 % 5), null);
            Optional<Change> change = whole.observe(i, text, TwoSampleTestTest::features);
            restored = new FeatureWatch(windows, restored.state());
            assertThat(restored.observe(i, text, TwoSampleTestTest::features)).isEqualTo(change);
            change.ifPresent(found -> seen.add(found.since()));
        }
        assertThat(seen).containsExactly(60L); // once: the window that differs is the reference from then on
        assertThat(restored.state()).isEqualTo(whole.state());
    }

    private static List<float[]> features(List<WatchedText> texts) {
        return texts.stream()
                .map(text -> new float[] {text.text().length(), text.text().charAt(0)})
                .toList();
    }
}
