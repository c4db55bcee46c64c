package io.freshet.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Detectors against cases computed by hand. */
class FormulaTest {

    /**
     * After 30 zeros the excess is -30 s with s = 0.05: -1.5, the lowest. Each one adds 1 - mean - s, the mean after k ones
     * being k / (30 + k): 0.917742, 0.8875, 0.859091. The sum exceeds 2.5 with the third: 2.664333.
     */
    @Test
    void pageHinkleySumsWhatExceedsTheRunningMean() {
        PageHinkley detector = new PageHinkley(0.05, 2.5, PageHinkley.State.EMPTY);
        for (int i = 0; i < 30; i++) {
            assertThat(detector.observe(i, 0)).isEmpty();
        }
        assertThat(detector.observe(30, 1)).isEmpty();
        assertThat(detector.observe(31, 1)).isEmpty();
        assertThat(detector.state().excess() - detector.state().lowest()).isCloseTo(0.917742 + 0.8875, within(1e-6));
        assertThat(detector.observe(32, 1)).contains(new Change(30, 0, 1));
        assertThat(detector.state()).isEqualTo(PageHinkley.State.EMPTY);
    }

    /**
     * After 3 errors in 30: p = 0.1 and, with one error and one success more, s = sqrt(4/32 * 28/32 / 30) = 0.060381, the
     * lowest. Each error raises p + s: after 1, 2, 3, 4 they are p = 0.129, 0.156, 0.182, 0.206 and s = 0.0645, 0.0679,
     * 0.0707, 0.0731, that is (p + s - 0.1) / 0.060381 = 1.55, 2.06, 2.53, 2.96; after 5, 3.37.
     */
    @Test
    void ddmWarnsAtTwoAndSeesAChangeAtThreeDeviations() {
        Ddm detector = new Ddm(3, Ddm.State.EMPTY);
        for (int i = 0; i < 30; i++) {
            assertThat(detector.observe(i, i < 3 ? 1 : 0)).isEmpty();
        }
        for (int i = 30; i < 34; i++) {
            assertThat(detector.observe(i, 1)).isEmpty();
            assertThat(detector.state().warned()).isEqualTo(i == 30 ? -1 : 31);
        }
        Optional<Change> change = detector.observe(34, 1);
        assertThat(change).contains(new Change(31, 0.1, 1));
    }

    @Test
    void ddmTakesMoreThanOneErrorAfterNone() {
        Ddm detector = new Ddm(3, Ddm.State.EMPTY);
        for (int i = 0; i < 100; i++) {
            assertThat(detector.observe(i, 0)).isEmpty();
        }
        assertThat(detector.observe(100, 1)).isEmpty();
    }

    /** Of {1, 2, 2, 5} and {2, 3, 4, 5}: at 2 the shares are 3/4 and 1/4; nowhere do they differ more. */
    @Test
    void kolmogorovSmirnovIsTheLargestDifferenceOfTheShares() {
        assertThat(KolmogorovSmirnov.distance(new double[] {5, 2, 1, 2}, new double[] {3, 5, 4, 2}))
                .isEqualTo(0.5);
        assertThat(KolmogorovSmirnov.distance(new double[] {1, 1}, new double[] {1, 1, 1}))
                .isZero();
        assertThat(KolmogorovSmirnov.distance(new double[] {0, 0}, new double[] {1}))
                .isEqualTo(1);
    }

    /** sqrt(-ln(0.005) / 50) = 0.3255: 17 ones among 50 after none make a distance of 0.34, 16 one of 0.32. */
    @Test
    void kswinComparesTheNewestWithADrawOfTheRest() {
        Kswin detector = new Kswin(new Kswin.Shape(0.01, 150, 50), Kswin.State.empty(1));
        for (int i = 0; i < 133; i++) {
            assertThat(detector.observe(i, 0)).isEmpty();
        }
        for (int i = 133; i < 149; i++) {
            assertThat(detector.observe(i, 1)).isEmpty();
        }
        assertThat(detector.observe(149, 1)).contains(new Change(100, 0, 0.34));
        assertThat(detector.state().values()).hasSize(50);
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new Adwin(0, Adwin.State.EMPTY)).hasMessageContaining("delta 0.0 is outside (0, 1)");
        assertThatThrownBy(() -> new PageHinkley(Double.NaN, 1, PageHinkley.State.EMPTY))
                .hasMessageContaining("slack NaN is not a positive number");
        assertThatThrownBy(() -> new PageHinkley(1, -1, PageHinkley.State.EMPTY))
                .hasMessageContaining("threshold -1.0");
        assertThatThrownBy(() -> new Ddm(0, Ddm.State.EMPTY)).hasMessageContaining("level 0.0");
        assertThatThrownBy(() -> new Kswin.Shape(0.1, 100, 51)).hasMessageContaining("recent 51 is outside [1, 50]");
        assertThatThrownBy(() -> new Outcome(1.5, null, true)).hasMessageContaining("error 1.5 is outside [0, 1]");
    }
}
