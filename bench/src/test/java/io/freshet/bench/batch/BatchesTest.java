package io.freshet.bench.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
    void choosesOtherBatchesInEveryRoundFromEveryPlaceOfAWindow() {
        Batches all = Batches.inOrder(Collections.nCopies(128, 3), 1);
        List<Integer> places = new ArrayList<>();
        for (int round = 0; round < 8; round++) {
            Batches some = all.some(4, round);
            assertThat(some.batches()).hasSize(4).doesNotHaveDuplicates();
            some.batches().forEach(batch -> places.add(batch.get(0) % 32)); // windows of 32 batches
        }
        // of 32 choices, about 8 in each quarter of a window
        for (int quarter = 0; quarter < 4; quarter++) {
            int begin = 8 * quarter;
            assertThat(places.stream().filter(place -> place >= begin && place < begin + 8))
                    .hasSizeBetween(6, 10);
        }
        assertThat(all.some(43, 1)).isSameAs(all);
    }

    @Test
    void refusesBatchesOfNothing() {
        assertThatThrownBy(() -> Batches.inOrder(LENGTHS, 0)).hasMessageContaining("0 examples");
    }
}
