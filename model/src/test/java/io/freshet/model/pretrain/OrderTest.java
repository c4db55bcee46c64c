package io.freshet.model.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OrderTest {

    @Test
    void visitsEveryItemOnceAnEpochInAnotherOrderEachTime() {
        Order order = new Order(50, 1);
        List<Integer> first = epoch(order, 0);
        List<Integer> second = epoch(order, 1);
        List<Integer> all = IntStream.range(0, 50).boxed().toList();
        assertThat(first).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(all);
        assertThat(second).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(first);
    }

    @Test
    void saysTheSameOfAPlaceWhateverWasAskedBefore() {
        Order asked = new Order(50, 1);
        epoch(asked, 0);
        assertThat(new Order(50, 1).at(123)).isEqualTo(asked.at(123));
        assertThat(epoch(new Order(50, 2), 0)).isNotEqualTo(epoch(new Order(50, 1), 0));
    }

    private static List<Integer> epoch(Order order, long epoch) {
        return LongStream.range(50 * epoch, 50 * epoch + 50).mapToObj(order::at).toList();
    }
}
