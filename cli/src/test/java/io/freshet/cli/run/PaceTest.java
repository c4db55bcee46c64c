package io.freshet.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    @Test
    void spacesTurnsEvenlyAndCatchesUp() {
        // A clock that moves a millisecond each time it is read: at 100 turns a second the 11th turn is due after 100
        // ms.
        AtomicLong clock = new AtomicLong();
        Pace pace = Pace.of(100, () -> clock.addAndGet(1_000_000));
        for (int turn = 0; turn <= 10; turn++) {
            pace.await();
        }
        assertThat(clock.get()).isBetween(100_000_000L, 104_000_000L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesARateThatIsNotAboveZero(double rate) {
        assertThatThrownBy(() -> Pace.of(rate)).isInstanceOf(IllegalArgumentException.class);
    }
}
