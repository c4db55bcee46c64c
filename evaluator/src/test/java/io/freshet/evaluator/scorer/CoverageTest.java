package io.freshet.evaluator.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CoverageTest {

    @Test
    void beginsWhereTheTrialBegins() {
        assertThat(Coverage.NONE.next("a", 40)).isEqualTo(40);
    }

    @Test
    void goesOnBehindWhatIsScored() {
        Coverage coverage = Coverage.NONE.scored("a", 40, 50).scored("a", 40, 64);

        assertThat(coverage.next("a", 40)).isEqualTo(64);
        assertThat(coverage.next("a", 55))
                .as("a later trial of the same champion")
                .isEqualTo(64);
        assertThat(coverage.next("b", 40)).as("another checkpoint").isEqualTo(40);
    }

    @Test
    void leapsToATrialThatBeginsBehindAGap() {
        Coverage coverage = Coverage.NONE.scored("a", 40, 50);

        assertThat(coverage.next("a", 60)).isEqualTo(60);
        assertThat(coverage.scored("a", 60, 70).next("a", 40))
                .as("what lies before the gap is forgotten")
                .isEqualTo(40);
    }

    @Test
    void neverShrinksWhenTheOtherCheckpointCatchesUp() {
        Coverage coverage = Coverage.NONE.scored("a", 0, 100).scored("a", 0, 30);

        assertThat(coverage.next("a", 0)).isEqualTo(100);
    }

    @Test
    void survivesAsText() {
        Coverage coverage = Coverage.NONE.scored("c000002-ab", 5, 9).scored("genesis-00", 0, 7);

        assertThat(Coverage.decode(coverage.encode())).isEqualTo(coverage);
    }

    @Test
    void readsAnythingElseAsNothing() {
        assertThat(Coverage.decode("")).isEqualTo(Coverage.NONE);
        assertThat(Coverage.decode("made by another program;a:b:c;a:1")).isEqualTo(Coverage.NONE);
    }

    @Test
    void forgetsCheckpointsThatAreGone() {
        Coverage coverage = Coverage.NONE.scored("a", 0, 7).scored("b", 0, 7).retain(Set.of("b"));

        assertThat(coverage.ranges()).containsOnlyKeys("b");
    }
}
