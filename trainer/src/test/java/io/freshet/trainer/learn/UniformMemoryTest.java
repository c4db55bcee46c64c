package io.freshet.trainer.learn;

import static io.freshet.trainer.learn.Memories.NO_LOGITS;
import static io.freshet.trainer.learn.Memories.chiSquare;
import static io.freshet.trainer.learn.Memories.example;
import static io.freshet.trainer.learn.Memories.numbers;
import static io.freshet.trainer.learn.Memories.offer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UniformMemoryTest {

    private static final int TRIALS = 20_000;

    private static MemoryLimits of(int examples) {
        return new MemoryLimits(examples, Long.MAX_VALUE);
    }

    private static UniformMemory filled(int capacity, int offered, long seed) {
        UniformMemory memory = new UniformMemory(of(capacity), seed);
        offer(memory, 0, offered, "a");
        return memory;
    }

    /**
     * Each of 100 items should be kept in 10 % of the trials. Pearson's statistic of the 100 counts against 2,000 each
     * has 99 degrees of freedom at most (keeping exactly 10 a trial makes it smaller): beyond 180 with probability 2e-6.
     */
    @Test
    void keepsEveryItemWithTheSameProbability() {
        int[] kept = new int[100];
        for (int trial = 0; trial < TRIALS; trial++) {
            numbers(filled(10, 100, trial).file().kept()).forEach(item -> kept[item]++);
        }
        assertThat(chiSquare(kept, TRIALS * 0.1)).isLessThan(180);
    }

    /**
     * As above with room for the bytes of 10 items, and every fifth item twice as large as its neighbours. How many are
     * kept varies with which they are, but every item of one size is kept as often as any other of that size: of 80 small
     * and 20 large ones the statistic has 79 and 19 degrees of freedom, beyond 152 and 63 with probability 1e-6 each.
     */
    @Test
    void keepsItemsOfOneSizeWithTheSameProbabilityWhereBytesAreTheLimit() {
        String large = "x".repeat(140);
        long small = new Kept(example("10", "a", "x"), 0, NO_LOGITS).bytes();
        int[] kept = new int[100];
        for (int trial = 0; trial < TRIALS; trial++) {
            UniformMemory memory = new UniformMemory(new MemoryLimits(1_000, 10 * small), trial);
            for (int i = 0; i < 100; i++) {
                memory.offer(example(Integer.toString(i), "a", i % 5 == 0 ? large : "x"), NO_LOGITS);
            }
            assertThat(memory.bytes()).isLessThanOrEqualTo(10 * small);
            numbers(memory.file().kept()).forEach(item -> kept[item]++);
        }
        assertEven(
                IntStream.range(10, 100)
                        .filter(i -> i % 5 != 0)
                        .map(i -> kept[i])
                        .toArray(),
                152);
        assertEven(
                IntStream.range(10, 100)
                        .filter(i -> i % 5 == 0)
                        .map(i -> kept[i])
                        .toArray(),
                63);
    }

    private static void assertEven(int[] counts, double most) {
        assertThat(chiSquare(counts, IntStream.of(counts).average().orElseThrow()))
                .isLessThan(most);
    }

    /** Of 20 kept items 5 are drawn each time: 5,000 of each expected, 19 degrees of freedom, beyond 63 with p = 1.2e-6. */
    @Test
    void drawsEveryKeptItemWithTheSameProbability() {
        UniformMemory memory = filled(20, 20, 3);
        int[] drawn = new int[20];
        for (int trial = 0; trial < TRIALS; trial++) {
            numbers(memory.draw(5)).forEach(item -> drawn[item]++);
        }
        assertThat(chiSquare(drawn, TRIALS * 0.25)).isLessThan(63);
    }

    @Test
    void drawsDifferentItemsAndNoMoreThanThereAre() {
        UniformMemory memory = filled(20, 8, 3);
        assertThat(new HashSet<>(numbers(memory.draw(5)))).hasSize(5);
        assertThat(numbers(memory.draw(50))).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(filled(5, 0, 1).draw(3)).isEmpty();
    }

    @Test
    void goesOnFromItsStateAsIfNothingHadHappened() {
        UniformMemory whole = new UniformMemory(of(10), 99);
        for (int item = 0; item < 500; item++) {
            offer(whole, item, item + 1, "a");
            whole.draw(3);
        }
        UniformMemory restored = new UniformMemory(of(10), whole.file());
        for (int item = 500; item < 1_000; item++) {
            offer(whole, item, item + 1, "a");
            offer(restored, item, item + 1, "a");
            assertThat(numbers(restored.draw(4))).isEqualTo(numbers(whole.draw(4)));
        }
        assertThat(numbers(restored.file().kept()))
                .isEqualTo(numbers(whole.file().kept()));
    }

    @Test
    void keepsTheFirstItemsWhenItIsRestoredSmaller() {
        assertThat(numbers(
                        new UniformMemory(of(2), filled(3, 3, 1).file()).file().kept()))
                .containsExactly(0, 1);
    }

    @Test
    void aCorrectedExampleTakesThePlaceOfTheOldOne() {
        UniformMemory memory = filled(5, 5, 1);
        memory.offer(example(3, "b"), NO_LOGITS);
        assertThat(memory.file().kept().stream()
                        .map(item -> item.id() + item.example().label()))
                .containsExactly("0a", "1a", "2a", "3b", "4a");
        assertThat(memory.file().kept().get(3).at()).isEqualTo(6);
    }

    @Test
    void forgetsTheExampleOfAnId() {
        UniformMemory memory = filled(5, 5, 1);
        memory.forget("1");
        memory.forget("77");
        assertThat(numbers(memory.draw(9))).containsExactlyInAnyOrder(0, 2, 3, 4);
        offer(memory, 1, 2, "a");
        assertThat(memory.size()).isBetween(4, 5);
    }

    @Test
    void forgetsAShareOfWhatIsOlderThanAChange() {
        UniformMemory memory = filled(100, 100, 7);
        memory.forgetBefore(60, 0.25, example -> !example.id().startsWith("1")); // 60 old, of which 1 and 10 to 19 stay
        List<Integer> left = numbers(memory.file().kept());
        assertThat(left).hasSize(100 - 37); // 49 may go, 12.25 of them stay
        assertThat(left.stream().filter(i -> i >= 60)).hasSize(40);
        assertThat(left).contains(1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
    }

    /** All that was kept of 1,000 is forgotten: the next 50 fill the room, and then the memory is a sample of what came since. */
    @Test
    void fillsTheRoomThatAChangeLeftAndSamplesOnFromThere() {
        UniformMemory memory = filled(50, 1_000, 7);
        memory.forgetBefore(1_000, 0, example -> true);
        assertThat(memory.size()).isZero();
        offer(memory, 1_000, 1_050, "a");
        assertThat(memory.size()).isEqualTo(50);
        offer(memory, 1_050, 1_200, "a");
        // 50 of 200: of the first 50, 12.5 are expected to stay, deviation sqrt(50 * 1/4 * 3/4 * 150/199) = 2.7
        assertThat(numbers(memory.file().kept()).stream().filter(i -> i < 1_050))
                .hasSizeBetween(4, 21);
        assertThat(memory.file().refill()).isEqualTo(new ReplayFile.Refill(200, 0));
    }

    /** A tenth is forgotten: 5 of 50 that stand for 1,000 leave 45 that stand for 900. */
    @Test
    void forgettingLittleLeavesTheRestStandingForTheStream() {
        UniformMemory memory = filled(50, 1_000, 7);
        memory.forgetBefore(1_000, 0.9, example -> true);
        assertThat(memory.file().refill()).isEqualTo(new ReplayFile.Refill(900, 5));
    }

    @Test
    void neverHoldsMoreBytesThanItMay() {
        UniformMemory memory = new UniformMemory(new MemoryLimits(100, 2_000), 5);
        for (int i = 0; i < 500; i++) {
            memory.offer(example(Integer.toString(i), "a", "x".repeat(i % 300)), new float[i % 7]);
            assertThat(memory.bytes()).isLessThanOrEqualTo(2_000);
            assertThat(memory.bytes())
                    .isEqualTo(
                            memory.file().kept().stream().mapToLong(Kept::bytes).sum());
        }
        assertThat(memory.size()).isGreaterThan(2);
        memory.offer(example("huge", "a", "x".repeat(2_000)), NO_LOGITS);
        assertThat(memory.size()).as("what can never fit pushes nothing out").isGreaterThan(2);
    }

    @Test
    void refusesMoreItemsThanWereSeen() {
        List<Kept> two = filled(2, 2, 1).file().kept();
        assertThatThrownBy(() -> new ReplayFile(1, 1, List.of(), two)).hasMessageContaining("2 examples");
    }
}
