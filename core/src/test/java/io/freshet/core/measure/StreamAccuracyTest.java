package io.freshet.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamAccuracyTest {

    @Test
    void fadesOldPredictionsByTheFactor() {
        FadedAccuracy faded = new FadedAccuracy(0.5, FadedAccuracy.State.EMPTY);
        faded.add(true);
        faded.add(false);
        faded.add(true);
        // right: ((1)/2 + 0)/2 + 1 = 1.25; count: ((1)/2 + 1)/2 + 1 = 1.75
        assertThat(faded.accuracy()).isCloseTo(1.25 / 1.75, within(1e-12));
    }

    @Test
    void isThePlainMeanWhereNothingFades() {
        FadedAccuracy plain = new FadedAccuracy(1, FadedAccuracy.State.EMPTY);
        assertThat(plain.accuracy()).isZero();
        plain.add(true);
        plain.add(true);
        plain.add(false);
        assertThat(plain.accuracy()).isCloseTo(2.0 / 3, within(1e-12));
    }

    @Test
    void looksBackOnTheWindowOnly() {
        WindowedAccuracy windowed = new WindowedAccuracy(2, WindowedAccuracy.State.EMPTY);
        windowed.add(true);
        windowed.add(true);
        windowed.add(false);
        assertThat(windowed.overall()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(windowed.inWindow()).isEqualTo(0.5);
    }

    @Test
    void goesOnExactlyFromItsState() {
        Random random = new Random(5);
        FadedAccuracy faded = new FadedAccuracy(0.99, FadedAccuracy.State.EMPTY);
        WindowedAccuracy windowed = new WindowedAccuracy(7, WindowedAccuracy.State.EMPTY);
        for (int i = 0; i < 100; i++) {
            boolean right = random.nextInt(3) > 0;
            faded.add(right);
            windowed.add(right);
            faded = new FadedAccuracy(0.99, faded.state());
            windowed = i % 10 == 0 ? new WindowedAccuracy(7, windowed.state()) : windowed;
        }
        Random again = new Random(5);
        FadedAccuracy uninterrupted = new FadedAccuracy(0.99, FadedAccuracy.State.EMPTY);
        WindowedAccuracy whole = new WindowedAccuracy(7, WindowedAccuracy.State.EMPTY);
        for (int i = 0; i < 100; i++) {
            boolean right = again.nextInt(3) > 0;
            uninterrupted.add(right);
            whole.add(right);
        }
        assertThat(faded.state()).isEqualTo(uninterrupted.state());
        assertThat(windowed.state()).isEqualTo(whole.state());
        assertThat(windowed.inWindow()).isEqualTo(whole.inWindow());
    }

    @Test
    void refusesStatesThatDoNotFitTogether() {
        assertThatThrownBy(() -> new FadedAccuracy.State(2, 1)).hasMessageContaining("2.0 right of 1.0");
        assertThatThrownBy(() -> new FadedAccuracy(1.5, FadedAccuracy.State.EMPTY))
                .hasMessageContaining("1.5");
        assertThatThrownBy(() -> new WindowedAccuracy(3, new WindowedAccuracy.State(5, 2, "11")))
                .hasMessageContaining("window of 3");
    }
}
