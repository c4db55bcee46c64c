package io.freshet.cli.audit;

import static io.freshet.cli.audit.Given.file;
import static io.freshet.cli.audit.Given.pair;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PairsCheckTest {

    private final ScoreLog scores = Given.log();

    @Test
    void findsNothingWhereEveryExampleCountsOnceInOrder() {
        both(10, null);
        both(11, null);
        scores.score(Given.score("old", 11, null, "no")); // scored again after a rebalance

        Check check = PairsCheck.of(file(scores, 12, pair(0, 10, null), pair(1, 11, null)));

        assertThat(check.findings()).isEmpty();
        assertThat(check.passed()).isTrue();
    }

    @Test
    void findsAnExampleThatCountsTwice() {
        both(10, null);

        Check check = PairsCheck.of(file(scores, 12, pair(0, 10, null), pair(1, 10, null)));

        assertThat(check.findings()).containsExactly("example 0-10 counts twice, as pairs 0 and 1");
    }

    @Test
    void findsAGroupThatCountsTwice() {
        Check check = PairsCheck.of(file(scores, 12, pair(0, 10, "ann"), pair(1, 11, "ann")));

        assertThat(check.findings()).containsExactly("group 'ann' counts twice, as pairs 0 and 1");
    }

    @Test
    void findsAPairThatIsThereTwiceAndOneThatIsMissing() {
        Check check = PairsCheck.of(file(scores, 14, pair(0, 10, null), pair(0, 11, null), pair(2, 12, null)));

        assertThat(check.findings()).containsExactly("pair 0 is there twice", "pair 1 is missing");
    }

    @Test
    void findsAPairOnAnExampleThatDoesNotCount() {
        Check check = PairsCheck.of(file(scores, 12, pair(0, 9, null), pair(1, 12, null)));

        assertThat(check.findings())
                .containsExactly(
                        "pair 0 is on example 0-9, before the first offset 10 that counts",
                        "pair 1 is on example 0-12, outside the offsets partition 0: 10 to 11 that the evaluation says it used");
    }

    @Test
    void findsAnExampleThatAllModelsWereScoredOnAndThatIsNoPair() {
        both(10, null);
        both(11, null);
        both(12, null);

        Check check = PairsCheck.of(file(scores, 13, pair(0, 10, null), pair(1, 12, null)));

        assertThat(check.findings())
                .containsExactly("example 0-11 was scored by all models before the last pair was made, but is no pair");
    }

    @Test
    void doesNotMissWhatCameAfterTheDecisionOrIsOfAGroupThatCountsAlready() {
        both(10, "ann");
        both(11, "ann");
        both(12, null);
        both(13, null);

        Check check = PairsCheck.of(file(scores, 13, pair(0, 10, "ann"), pair(1, 12, null)));

        assertThat(check.findings()).isEmpty();
    }

    private void both(long offset, @Nullable String group) {
        scores.score(Given.score("old", offset, group, "no"));
        scores.score(Given.score("new", offset, group, "yes"));
    }
}
