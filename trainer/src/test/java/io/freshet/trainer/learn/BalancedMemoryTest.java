package io.freshet.trainer.learn;

import static io.freshet.trainer.learn.Memories.NO_LOGITS;
import static io.freshet.trainer.learn.Memories.chiSquare;
import static io.freshet.trainer.learn.Memories.example;
import static io.freshet.trainer.learn.Memories.numbers;
import static io.freshet.trainer.learn.Memories.offer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BalancedMemoryTest {

    private static MemoryLimits of(int examples) {
        return new MemoryLimits(examples, Long.MAX_VALUE);
    }

    private static Map<String, Long> sizes(Memory memory) {
        return memory.file().kept().stream()
                .collect(Collectors.groupingBy(
                        kept -> String.valueOf(kept.example().label()), Collectors.counting()));
    }

    /** 1,000 to 10 examples of four labels: what is rarer than its quarter of 60 is kept whole, the others share the rest. */
    @Test
    void keepsLabelsEvenHoweverUnevenTheyCome() {
        List<String> stream = new java.util.ArrayList<>();
        Map.of("a", 1_000, "b", 300, "c", 100, "d", 10)
                .forEach((label, count) -> stream.addAll(java.util.Collections.nCopies(count, label)));
        stream.sort(null);
        java.util.Collections.shuffle(stream, new Random(4));
        BalancedMemory memory = new BalancedMemory(of(60), 1);
        for (int i = 0; i < stream.size(); i++) {
            memory.offer(example(i, stream.get(i)), NO_LOGITS);
        }
        assertThat(memory.size()).isEqualTo(60);
        assertThat(sizes(memory)).containsEntry("d", 10L);
        assertThat(sizes(memory).values().stream().filter(size -> size != 10))
                .allMatch(size -> size == 16 || size == 17);
    }

    @Test
    void makesRoomForLabelsThatComeOneAfterTheOther() {
        BalancedMemory memory = new BalancedMemory(of(20), 1);
        for (int label = 0; label < 4; label++) {
            offer(memory, 100 * label, 100 * label + 100, "label-" + label);
        }
        assertThat(sizes(memory).values()).containsOnly(5L);
    }

    /**
     * A label that fills the memory is sampled evenly: 10 of 100 in 20,000 trials, 99 degrees of freedom at most, beyond
     * 180 with probability 2e-6.
     */
    @Test
    void keepsEveryExampleOfALabelWithTheSameProbability() {
        int[] kept = new int[100];
        for (int trial = 0; trial < 20_000; trial++) {
            BalancedMemory memory = new BalancedMemory(of(10), trial);
            offer(memory, 0, 100, "a");
            numbers(memory.file().kept()).forEach(item -> kept[item]++);
        }
        assertThat(chiSquare(kept, 2_000)).isLessThan(180);
    }

    @Test
    void goesOnFromItsStateAsIfNothingHadHappened() {
        BalancedMemory whole = new BalancedMemory(new MemoryLimits(30, 8_500), 9);
        Random labels = new Random(2);
        for (int i = 0; i < 300; i++) {
            whole.offer(example(i, "l" + labels.nextInt(1 + i / 40)), NO_LOGITS);
            whole.draw(2);
        }
        BalancedMemory restored = new BalancedMemory(new MemoryLimits(30, 8_500), whole.file());
        for (int i = 300; i < 900; i++) {
            Learnable next = example(i, "l" + labels.nextInt(1 + i / 40));
            whole.offer(next, NO_LOGITS);
            restored.offer(next, NO_LOGITS);
            assertThat(numbers(restored.draw(4))).isEqualTo(numbers(whole.draw(4)));
        }
        assertThat(restored.file().labels()).isEqualTo(whole.file().labels());
        assertThat(numbers(restored.file().kept()))
                .isEqualTo(numbers(whole.file().kept()));
        assertThat(whole.bytes()).isLessThanOrEqualTo(8_500);
    }

    @Test
    void goesOnFromAUniformMemory() {
        UniformMemory uniform = new UniformMemory(of(20), 1);
        offer(uniform, 0, 20, "a");
        BalancedMemory balanced = new BalancedMemory(of(20), uniform.file());
        offer(balanced, 20, 40, "b");
        assertThat(sizes(balanced)).containsEntry("a", 10L).containsEntry("b", 10L);
    }

    @Test
    void aCorrectedExampleMovesToItsNewLabel() {
        BalancedMemory memory = new BalancedMemory(of(20), 1);
        offer(memory, 0, 5, "a");
        memory.offer(example(3, "b"), NO_LOGITS);
        assertThat(sizes(memory)).containsEntry("a", 4L).containsEntry("b", 1L);
        memory.forget("3");
        assertThat(sizes(memory)).containsOnlyKeys("a");
        assertThat(memory.size()).isEqualTo(4);
    }

    @Test
    void forgetsAShareOfWhatIsOlderThanAChange() {
        BalancedMemory memory = new BalancedMemory(of(20), 1);
        offer(memory, 0, 8, "a");
        offer(memory, 8, 16, "b");
        memory.forgetBefore(12, 0.5, example -> true);
        assertThat(memory.size()).isEqualTo(10);
        assertThat(numbers(memory.file().kept())).contains(12, 13, 14, 15);
    }
}
