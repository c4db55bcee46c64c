package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SplitMixTest {

    /** The JDK's SplittableRandom is the same algorithm with the same constants. */
    @Test
    void givesTheNumbersOfTheJdksGenerator() {
        SplitMix ours = new SplitMix(42);
        SplittableRandom theirs = new SplittableRandom(42);
        for (int i = 0; i < 1_000; i++) {
            assertThat(ours.next()).isEqualTo(theirs.nextLong());
        }
    }

    @Test
    void goesOnFromItsState() {
        SplitMix generator = new SplitMix(7);
        generator.below(10);
        SplitMix restored = new SplitMix(generator.state());
        assertThat(restored.next()).isEqualTo(generator.next());
    }

    @Test
    void staysBelowTheBound() {
        SplitMix generator = new SplitMix(1);
        for (long bound : new long[] {1, 2, 3, 1_000_003, Long.MAX_VALUE}) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(generator.below(bound)).isBetween(0L, bound - 1);
            }
        }
    }
}
