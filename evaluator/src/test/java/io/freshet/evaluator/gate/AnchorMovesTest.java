package io.freshet.evaluator.gate;

import static io.freshet.evaluator.gate.Given.failed;
import static io.freshet.evaluator.gate.Given.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.evaluator.policy.Approval;
import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.evaluator.policy.Superseded;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.Decision;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.Pair;
import io.freshet.schemas.Trial;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Whom candidates are held against besides the champion. */
class AnchorMovesTest {

    private static final GatePolicy ANCHORED =
            GateRun.policy(Approval.AUTOMATIC, Superseded.NEWEST, OptionalDouble.of(0.9), Optional.empty());

    private final GateRun run = new GateRun(ANCHORED);

    @Test
    void isTheFirstChampionUntilAPersonMovesIt() {
        run.arrive(0, 100).publish(0, 1);
        assertThat(run.last(Trial.class).getAnchor()).isEqualTo(id(0));
        assertThat(run.last(Trial.class).getAnchorFiles()).as("the champion's").isEmpty();

        promoteTheFirst();
        run.publish(2);

        assertThat(run.last(Trial.class).getChampion()).isEqualTo(id(1));
        assertThat(run.last(Trial.class).getAnchor()).isEqualTo(id(0));
        assertThat(run.last(Trial.class).getAnchorFiles()).hasSize(1);
    }

    @Test
    void isNobodyWhereThePolicyAsksForNone() {
        GateRun plain = new GateRun(GateRun.watching());
        plain.arrive(0, 10).publish(0, 1);

        assertThat(plain.last(Trial.class).getAnchor()).isNull();
    }

    @Test
    void countsAPairOnceAllThreeHaveAnswered() {
        run.arrive(0, 100).publish(0, 1);
        promoteTheFirst();
        run.publish(2);
        long first = run.first();
        run.forget();

        run.agree(first, first + 1, 1, 2);
        assertThat(run.all(Pair.class)).isEmpty();
        run.agree(first, first + 1, 0);

        assertThat(run.all(Pair.class)).hasSize(1);
        assertThat(run.last(Pair.class).getAnchorPredicted()).isEqualTo("yes");
        assertThat(run.last(Pair.class).getAnchorProbability()).isEqualTo(0.75);
    }

    @Test
    void movesToAnEarlierChampionOrTheReigningOneForTheNextTrial() {
        run.arrive(0, 100).publish(0, 1);
        promoteTheFirst();

        run.order("pin", id(1));
        assertThat(run.all(Decision.class).stream()
                        .map(decision -> decision.getKind() + " " + decision.getCheckpoint())
                        .toList())
                .containsExactly("anchor.moved " + id(1), "command.accepted " + id(1));
        run.publish(2);
        assertThat(run.last(Trial.class).getAnchor()).isEqualTo(id(1));
        run.order("pin", id(0));
        assertThat(run.last(Trial.class).getAnchor())
                .as("the open trial keeps its own")
                .isEqualTo(id(1));
        run.order("pin", id(0));
        assertThat(run.last(Decision.class).getReason()).isEqualTo("already.anchor");
        run.order("pin", id(2));
        assertThat(run.last(Decision.class).getReason()).isEqualTo("checkpoint.unknown");
    }

    @Test
    void opensNoTrialWhileTheAnchorCannotBeScoredUntilAPersonMovesIt() {
        run.arrive(0, 100).publish(0, 1);
        promoteTheFirst();
        run.publish(2, 3);

        long first = run.first();
        for (long offset = first; offset < first + 10; offset++) {
            run.tell(failed(id(0), 0, offset));
        }

        assertThat(run.last(Trial.class).getOutcome()).isEqualTo("failed");
        assertThat(run.last(Evaluation.class).getReason()).isEqualTo("anchor.failed");
        assertThat(run.last(Decision.class).getKind()).isEqualTo("anchor.failed");
        assertThat(run.last(Decision.class).getDetail()).contains("pin CHECKPOINT");
        run.publish(4);
        assertThat(run.last(Trial.class).getState())
                .as("no trial, which would cost error budget")
                .isEqualTo("closed");
        run.order("pin", id(1));
        assertThat(run.last(Trial.class).getCandidate()).isEqualTo(id(4));
        assertThat(run.last(Trial.class).getAnchor()).isEqualTo(id(1));
    }

    @Test
    void countsNoPairWhereOnlyTheAnchorFails() {
        run.arrive(0, 100).publish(0, 1);
        promoteTheFirst();
        run.publish(2);
        long first = run.first();
        run.agree(first, first + 1, 0, 1, 2).forget();

        run.tell(failed(id(0), 0, first + 1)).agree(first + 1, first + 2, 1, 2);

        assertThat(run.said()).isEmpty();
        run.agree(first + 2, first + 3, 0, 1, 2);
        assertThat(run.last(Pair.class).getIndex()).isEqualTo(1);
    }

    /** As many wins as it takes: of the margin and McNemar's test the slower one decides. */
    private void promoteTheFirst() {
        for (long offset = 0; run.all(ChampionUpdate.class).size() < 2; offset++) {
            run.beats(1, 0, offset, offset + 1);
        }
    }
}
