package io.freshet.client;

import static io.freshet.client.Champions.promotion;
import static io.freshet.client.Champions.rollback;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.client.SequenceRule.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UpdatePlanTest {

    private static final long SECOND = 1_000_000_000L;

    private final UpdatePlan plan = new UpdatePlan(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(3)));

    @Test
    void hasNothingToLoadAtFirst() {
        assertThat(plan.due(0)).isEmpty();
    }

    @Test
    void loadsOnlyTheNewestOfSeveral() {
        plan.offer(promotion(1));
        plan.offer(promotion(2));
        plan.offer(promotion(5));

        assertThat(plan.due(0)).contains(promotion(5));
    }

    @Test
    void ignoresAStaleNumberWhileANewerOneWaits() {
        plan.offer(promotion(3));

        assertThat(plan.offer(promotion(2))).isEqualTo(Verdict.STALE);
        assertThat(plan.due(0)).contains(promotion(3));
    }

    @Test
    void ignoresAStaleNumberAfterANewerOneWasLoaded() {
        load(promotion(3));

        assertThat(plan.offer(promotion(2))).isEqualTo(Verdict.STALE);
        assertThat(plan.due(0)).isEmpty();
    }

    @Test
    void goesBackForARollbackAndOnFromThere() {
        load(promotion(3));
        load(rollback(2, 2));

        assertThat(plan.offer(promotion(3))).isEqualTo(Verdict.FOLLOW);
        assertThat(plan.due(0)).contains(promotion(3));
    }

    @Test
    void loadsNothingWhenTheLogIsReadAgainFromItsBeginning() {
        load(promotion(1));
        load(promotion(3));
        load(rollback(2, 1));

        plan.offer(promotion(1));
        plan.offer(promotion(3));
        plan.offer(rollback(2, 1));

        assertThat(plan.due(0)).isEmpty();
    }

    @Test
    void waitsLongerAfterEachFailureUpToTheLongestWait() {
        plan.offer(promotion(1));

        assertThat(plan.failed(0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(plan.due(SECOND - 1)).isEmpty();
        assertThat(plan.due(SECOND)).contains(promotion(1));
        assertThat(plan.failed(SECOND)).isEqualTo(Duration.ofSeconds(2));
        assertThat(plan.failed(3 * SECOND)).isEqualTo(Duration.ofSeconds(3));
        assertThat(plan.failed(6 * SECOND)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void waitsAcrossTheTickersOverflow() {
        plan.offer(promotion(1));
        plan.failed(Long.MAX_VALUE);

        assertThat(plan.due(Long.MAX_VALUE)).isEmpty();
        assertThat(plan.due(Long.MAX_VALUE + SECOND)).contains(promotion(1));
    }

    @Test
    void triesANewerChampionAtOnceThoughAnOlderOneFailed() {
        plan.offer(promotion(1));
        plan.failed(0);
        plan.offer(promotion(2));

        assertThat(plan.due(0)).contains(promotion(2));
    }

    @Test
    void keepsTryingTheSameChampionWhenItIsOfferedAgain() {
        plan.offer(promotion(1));
        plan.failed(0);

        assertThat(plan.offer(promotion(1))).isEqualTo(Verdict.SAME);
        assertThat(plan.due(0)).as("still waiting").isEmpty();
        assertThat(plan.due(SECOND)).contains(promotion(1));
    }

    private void load(Champion champion) {
        plan.offer(champion);
        assertThat(plan.due(0)).contains(champion);
        plan.loaded(champion);
    }
}
