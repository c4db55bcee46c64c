package io.freshet.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.schemas.StepCut;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenSegmentTest {

    @Test
    void theNextSegmentBeginsWhereTheLastOneEnds() {
        OpenSegment open = new OpenSegment(List.of(3L, 0L));
        open.add(new StepCut(1L, List.of(5L, 2L)), 4, List.of(), List.of());
        assertThat(open.records()).isEqualTo(4);
        Segment first = open.close(List.of(6L, 2L));
        assertThat(first.from()).containsExactly(3L, 0L);
        assertThat(first.cuts()).hasSize(1);
        assertThat(open.records()).isZero();
        assertThat(open.reaches(List.of(6L, 2L))).isFalse();
        Segment second = open.close(List.of(7L, 2L));
        assertThat(second.from()).isEqualTo(first.to());
        assertThat(second.cuts()).isEmpty();
    }

    @Test
    void refusesToEndBeforeItsBeginning() {
        assertThatThrownBy(() -> new OpenSegment(List.of(3L)).close(List.of(2L)))
                .hasMessageContaining("ends at 2");
    }
}
