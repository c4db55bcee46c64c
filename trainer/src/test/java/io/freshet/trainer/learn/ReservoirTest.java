package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReservoirTest {

    private static final int TRIALS = 20_000;

    /**
     * Each of 100 items should be kept in 10 % of the trials. Pearson's statistic of the 100 counts against 2,000 each
     * has 99 degrees of freedom at most (keeping exactly 10 a trial makes it smaller): beyond 180 with probability 2e-6.
     */
    @Test
    void keepsEveryItemWithTheSameProbability() {
        int[] kept = new int[100];
        for (int trial = 0; trial < TRIALS; trial++) {
            Reservoir<Integer> reservoir = new Reservoir<>(10, trial);
            for (int item = 0; item < 100; item++) {
                reservoir.offer(item);
            }
            reservoir.items().forEach(item -> kept[item]++);
        }
        assertThat(chiSquare(kept, TRIALS * 0.1)).isLessThan(180);
    }

    /** Of 20 kept items 5 are drawn each time: 5,000 of each expected, 19 degrees of freedom, beyond 63 with p = 1.2e-6. */
    @Test
    void drawsEveryKeptItemWithTheSameProbability() {
        Reservoir<Integer> reservoir = new Reservoir<>(20, 3);
        for (int item = 0; item < 20; item++) {
            reservoir.offer(item);
        }
        int[] drawn = new int[20];
        for (int trial = 0; trial < TRIALS; trial++) {
            reservoir.draw(5).forEach(item -> drawn[item]++);
        }
        assertThat(chiSquare(drawn, TRIALS * 0.25)).isLessThan(63);
    }

    @Test
    void drawsDifferentItemsAndNoMoreThanThereAre() {
        Reservoir<Integer> reservoir = new Reservoir<>(20, 3);
        for (int item = 0; item < 8; item++) {
            reservoir.offer(item);
        }
        assertThat(new HashSet<>(reservoir.draw(5))).hasSize(5);
        assertThat(reservoir.draw(50)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(new Reservoir<Integer>(5, 1).draw(3)).isEmpty();
    }

    @Test
    void goesOnFromItsStateAsIfNothingHadHappened() {
        Reservoir<Integer> whole = new Reservoir<>(10, 99);
        for (int item = 0; item < 500; item++) {
            whole.offer(item);
            whole.draw(3);
        }
        Reservoir<Integer> restored = new Reservoir<>(10, whole.seen(), whole.generatorState(), whole.items());
        for (int item = 500; item < 1_000; item++) {
            whole.offer(item);
            restored.offer(item);
            assertThat(restored.draw(4)).isEqualTo(whole.draw(4));
        }
        assertThat(restored.items()).isEqualTo(whole.items());
    }

    @Test
    void keepsTheFirstItemsWhenItIsRestoredSmaller() {
        Reservoir<Integer> smaller = new Reservoir<>(2, 10, 1, List.of(4, 5, 6));
        assertThat(smaller.items()).containsExactly(4, 5);
    }

    @Test
    void refusesMoreItemsThanWereSeen() {
        assertThatThrownBy(() -> new Reservoir<>(2, 1, 1, List.of(4, 5))).hasMessageContaining("2 items");
    }

    private static double chiSquare(int[] counts, double expected) {
        double sum = 0;
        for (int count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }
}
