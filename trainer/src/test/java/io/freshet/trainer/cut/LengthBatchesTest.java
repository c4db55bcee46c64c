package io.freshet.trainer.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LengthBatchesTest {

    @Test
    void putsExamplesOfTheSameLengthTogether() {
        assertThat(LengthBatches.of(List.of(9, 2, 8, 3), new CutLimits(2, 100)))
                .containsExactly(List.of(1, 3), List.of(0, 2));
    }

    @Test
    void keepsEquallyLongExamplesInTheOrderInWhichTheyArrived() {
        assertThat(LengthBatches.of(List.of(5, 5, 5, 5, 5), new CutLimits(2, 100)))
                .containsExactly(List.of(0, 1), List.of(2, 3), List.of(4));
    }

    @Test
    void countsPaddingAgainstTheTokens() {
        // 2 + 3 + 5 = 10 tokens, but 3 x 5 = 15 with padding.
        assertThat(LengthBatches.of(List.of(2, 3, 5), new CutLimits(10, 14)))
                .containsExactly(List.of(0, 1), List.of(2));
        assertThat(LengthBatches.of(List.of(2, 3, 5), new CutLimits(10, 15))).containsExactly(List.of(0, 1, 2));
    }

    @Test
    void takesAnExampleThatExceedsTheTokensByItself() {
        assertThat(LengthBatches.of(List.of(50, 1), new CutLimits(10, 10))).containsExactly(List.of(1), List.of(0));
    }

    @Test
    void nothingMakesNoMicroBatch() {
        assertThat(LengthBatches.of(List.of(), new CutLimits(10, 10))).isEmpty();
    }

    @Test
    void everyExampleIsInOneMicroBatchWithinTheLimits() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            List<Integer> lengths =
                    random.ints(random.nextInt(300), 1, 60).boxed().toList();
            CutLimits limits = new CutLimits(1 + random.nextInt(20), 60 + random.nextInt(600));
            List<List<Integer>> batches = LengthBatches.of(lengths, limits);

            List<Integer> all = new ArrayList<>();
            batches.forEach(all::addAll);
            assertThat(all)
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, lengths.size()).boxed().toList());
            assertThat(batches).as("seed %d", seed).allSatisfy(batch -> {
                int longest = batch.stream().mapToInt(lengths::get).max().orElseThrow();
                assertThat(batch).isSorted().hasSizeLessThanOrEqualTo(limits.examples());
                assertThat(batch.size() * longest).isLessThanOrEqualTo(limits.tokens());
            });
        }
    }

    /** Lengths as in a stream of short texts: 3 to 40 tokens, most below 15. */
    @Test
    void cutsMostOfThePadding() {
        Random random = new Random(3);
        List<Integer> lengths = IntStream.range(0, 512)
                .mapToObj(i -> 3 + (int) Math.min(37, Math.abs(random.nextGaussian()) * 9))
                .toList();
        CutLimits limits = new CutLimits(16, 100_000);
        double sorted = padding(lengths, LengthBatches.of(lengths, limits));
        List<List<Integer>> asTheyCame = IntStream.range(0, 32)
                .mapToObj(b -> IntStream.range(16 * b, 16 * b + 16).boxed().toList())
                .toList();
        // Seeded, so these are the figures of this window, not bounds on every one: 5 % and 58 %.
        assertThat(sorted).isLessThan(0.1);
        assertThat(padding(lengths, asTheyCame)).isGreaterThan(0.4);
    }

    private static double padding(List<Integer> lengths, List<List<Integer>> batches) {
        double padded = 0;
        double real = 0;
        for (List<Integer> batch : batches) {
            padded += batch.size()
                    * (double) batch.stream().mapToInt(lengths::get).max().orElseThrow();
            real += batch.stream().mapToInt(lengths::get).sum();
        }
        return 1 - real / padded;
    }
}
