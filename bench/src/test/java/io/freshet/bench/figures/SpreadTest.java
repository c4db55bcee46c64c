package io.freshet.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void takesTheMiddleOfAnOddNumberOfRounds() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(4, 1, 9));
    }

    @Test
    void takesTheMeanOfTheMiddleTwoOfAnEvenNumber() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0, 6.0))).isEqualTo(new Spread(5, 1, 9)); // (4 + 6) / 2
    }

    @Test
    void refusesNoRoundsAndWhatIsNotANumber() {
        assertThatThrownBy(() -> Spread.of(List.of())).hasMessageContaining("at least one round");
        assertThatThrownBy(() -> Spread.of(List.of(Double.NaN))).hasMessageContaining("is not within");
    }
}
