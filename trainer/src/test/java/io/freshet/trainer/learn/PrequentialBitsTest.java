package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.trainer.learn.PrequentialBits.State;
import io.freshet.trainer.learn.PrequentialBits.Text;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrequentialBitsTest {

    @Test
    void isZeroBeforeTheFirstText() {
        PrequentialBits bits = new PrequentialBits(State.EMPTY);
        assertThat(bits.perToken()).isZero();
        assertThat(bits.perTokenInWindow()).isZero();
    }

    @Test
    void weighsEveryTokenTheSameHoweverLongItsText() {
        PrequentialBits bits = new PrequentialBits(State.EMPTY);
        bits.add(new Text(10, 1));
        bits.add(new Text(6, 3));
        assertThat(bits.perToken()).isEqualTo(4);
        assertThat(bits.perTokenInWindow()).isEqualTo(4);
    }

    @Test
    void countsAllAndTheLastThousandApart() {
        PrequentialBits bits = new PrequentialBits(State.EMPTY);
        for (int i = 0; i < 2_000; i++) {
            bits.add(new Text(i < 1_500 ? 8 : 4, 1));
        }
        assertThat(bits.perToken()).isEqualTo(7);
        assertThat(bits.perTokenInWindow()).isEqualTo(6);
        assertThat(bits.count()).isEqualTo(2_000);
    }

    @Test
    void goesOnFromItsStateExactly() {
        Random random = new Random(5);
        PrequentialBits whole = new PrequentialBits(State.EMPTY);
        PrequentialBits restored = whole;
        for (int i = 0; i < 3_456; i++) {
            if (i == 700 || i == 2_345) {
                restored = new PrequentialBits(restored.state());
            }
            Text text = new Text(20 * random.nextDouble(), 1 + random.nextInt(30));
            whole.add(text);
            if (restored != whole) {
                restored.add(text);
            }
        }
        assertThat(restored.state()).isEqualTo(whole.state());
        assertThat(restored.perTokenInWindow()).isCloseTo(whole.perTokenInWindow(), within(0.0));
    }

    @Test
    void refusesAStateWhoseCountsDoNotFit() {
        assertThatThrownBy(() -> new State(2, 1, 0, List.of(new Text(1, 1), new Text(1, 1))))
                .hasMessageContaining("2 texts of 1 tokens");
        assertThatThrownBy(() -> new State(2, 2, 0, List.of(new Text(1, 1)))).hasMessageContaining("do not fit");
        assertThatThrownBy(() -> new Text(Double.NaN, 1)).hasMessageContaining("no score");
    }
}
