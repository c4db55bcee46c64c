package io.freshet.bench.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {

    private static final List<Integer> LENGTHS = List.of(2, 10, 4, 8, 2, 10, 4, 8);

    @Test
    void countsThePaddingOfBatchesInOrderOfArrival() {
        Batches batches = Batches.inOrder(LENGTHS, 2);
        assertThat(batches.batches()).containsExactly(List.of(0, 1), List.of(2, 3), List.of(4, 5), List.of(6, 7));
        assertThat(batches.realTokens()).isEqualTo(48);
        // padded to 2 x 10 + 2 x 8 + 2 x 10 + 2 x 8 = 72
        assertThat(batches.padding()).isEqualTo(1 - 48.0 / 72);
    }

    @Test
    void sortsWithinAWindowSoThatNothingIsPaddedWhereLengthsPair() {
        Batches batches = Batches.sorted(LENGTHS, 2, 4);
        assertThat(batches.batches()).containsExactly(List.of(0, 2, 4, 6), List.of(3, 7), List.of(1), List.of(5));
        // a budget of 16 is the smallest that needs four batches, as many as in order of arrival: 16 + 16 + 10 + 10
        assertThat(batches.padding()).isEqualTo(1 - 48.0 / 52);
    }

    @Test
    void needsNoMoreStepsThanTheOrderOfArrivalAndLearnsFromEveryExampleOnce() {
        Random random = new Random(3);
        List<Integer> lengths =
                IntStream.range(0, 1000).mapToObj(i -> 3 + random.nextInt(25)).toList();
        Batches sorted = Batches.sorted(lengths, 32, 8);
        assertThat(sorted.batches())
                .hasSizeLessThanOrEqualTo(Batches.inOrder(lengths, 32).batches().size());
        assertThat(sorted.batches().stream().flatMap(Collection::stream).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
        assertThat(sorted.padding()).isLessThan(Batches.inOrder(lengths, 32).padding() / 3);
    }

    @Test
    void choosesOtherEvenlySpacedBatchesInEveryRound() {
        Batches all = Batches.inOrder(LENGTHS, 1);
        assertThat(all.some(2, 0).batches()).containsExactly(List.of(0), List.of(4));
        assertThat(all.some(2, 5).batches()).containsExactly(List.of(5), List.of(1));
        assertThat(all.some(2, 1).realTokens()).isEqualTo(20);
        assertThat(all.some(20, 1)).isSameAs(all);
    }

    @Test
    void refusesBatchesOfNothing() {
        assertThatThrownBy(() -> Batches.inOrder(LENGTHS, 0)).hasMessageContaining("0 examples");
    }
}
