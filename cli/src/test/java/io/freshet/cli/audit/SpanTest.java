package io.freshet.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpanTest {

    @Test
    void joinsWhatTouchesOrOverlapsWithinAPartition() {
        List<Span> union = Span.union(List.of(
                new Span(1, 5, 9), new Span(0, 10, 20), new Span(0, 0, 10), new Span(0, 15, 30), new Span(0, 40, 40)));

        assertThat(union).containsExactly(new Span(0, 0, 30), new Span(1, 5, 9));
    }

    @Test
    void leavesOutWhatOthersCoverOfTheSamePartition() {
        List<Span> left = Span.minus(List.of(new Span(0, 0, 100), new Span(1, 0, 10)), List.of(new Span(0, 20, 30)));

        assertThat(left).containsExactly(new Span(0, 0, 20), new Span(0, 30, 100), new Span(1, 0, 10));
        assertThat(Span.minus(List.of(new Span(0, 5, 8)), List.of(new Span(0, 0, 10))))
                .isEmpty();
    }

    @Test
    void endsBeforeItsEnd() {
        Span span = new Span(2, 5, 8);

        assertThat(span.contains(2, 5)).isTrue();
        assertThat(span.contains(2, 7)).isTrue();
        assertThat(span.contains(2, 8)).isFalse();
        assertThat(span.contains(1, 5)).isFalse();
    }

    @Test
    void isNoRangeThatEndsBeforeItBegins() {
        assertThatThrownBy(() -> new Span(0, 5, 4)).hasMessageContaining("[5, 4) of partition 0");
    }
}
