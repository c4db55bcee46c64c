package io.freshet.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.evaluator.scorer.Batch;
import io.freshet.schemas.ExampleScore;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreLogTest {

    private static final Batch BATCH =
            new Batch(List.of(new Batch.Member(0, 10), new Batch.Member(0, 12), new Batch.Member(0, 11)));

    private final ScoreLog log = Given.log();

    @Test
    void putsABatchTogetherAgainInItsOrder() {
        List<ExampleScore> scores = inBatch();
        scores.forEach(log::score);

        assertThat(log.batch(scores.get(2))).contains(BATCH);
    }

    @Test
    void givesNoBatchWhereOneOfItsScoresIsGone() {
        List<ExampleScore> scores = inBatch();
        log.score(scores.get(0));
        log.score(scores.get(2));

        assertThat(log.batch(scores.get(0))).isEmpty();
    }

    @Test
    void givesNoBatchWhereAnotherExampleTookAPlaceInIt() {
        List<ExampleScore> scores = inBatch();
        scores.forEach(log::score);
        log.score(ExampleScore.newBuilder(scores.get(1)).setOffset(99).build());

        assertThat(log.batch(scores.get(0))).isEmpty();
    }

    @Test
    void countsTheFirstScoreUnlessThePairWasMadeOfAnother() {
        ExampleScore first = Given.score("new", 10, null, "no");
        ExampleScore second = Given.score("new", 10, null, "yes");
        log.score(first);
        log.score(second);

        assertThat(log.first("new", new Place(0, 10)))
                .map(ScoreLog.Entry::score)
                .contains(first);
        assertThat(log.counted("new", Given.pair(0, 10, null), Seat.Role.CANDIDATE))
                .contains(second);
        assertThat(log.counted("old", Given.pair(0, 10, null), Seat.Role.CHAMPION))
                .isEmpty();
    }

    private static List<ExampleScore> inBatch() {
        return BATCH.members().stream()
                .map(member -> ExampleScore.newBuilder(Given.score("new", member.offset(), null, "yes"))
                        .setBatch(BATCH.name())
                        .setBatchPosition(BATCH.members().indexOf(member))
                        .build())
                .toList();
    }
}
