package io.freshet.evaluator.gate;

import static io.freshet.evaluator.gate.Given.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.Decision;
import io.freshet.schemas.Trial;
import org.junit.jupiter.api.Test;

/** Candidates that have passed and wait: for a person, or for the gate to be let go. */
class ApprovalTest {

    private final GateRun run = new GateRun(GateRun.byPerson());

    @Test
    void aPersonLetsThroughWhoHasPassed() {
        passTheFirst(run);
        assertThat(run.all(ChampionUpdate.class)).hasSize(1);
        assertThat(run.last(Trial.class).getOutcome()).isEqualTo("passed");
        assertThat(run.last(Decision.class).getKind()).isEqualTo("candidate.passed");
        assertThat(run.last(Decision.class).getReason()).isEqualTo("approval.person");
        String trial = run.last(Trial.class).getId();

        run.order("approve", id(1));

        ChampionUpdate update = run.last(ChampionUpdate.class);
        assertThat(update.getCheckpoint()).isEqualTo(id(1));
        assertThat(update.getReason()).isEqualTo("approval");
        assertThat(update.getWho()).isEqualTo("ada");
        assertThat(update.getWhy()).isEqualTo("because");
        assertThat(update.getTrial()).isEqualTo(trial);
        assertThat(update.getHeldOutAccuracy()).isEqualTo(1.0);
        assertThat(run.all(Decision.class))
                .extracting(Decision::getKind)
                .containsExactly("candidate.passed", "anchor.moved", "command.accepted");
        Trial watch = run.last(Trial.class);
        assertThat(watch.getKind()).isEqualTo("watch");
        assertThat(watch.getFirstOffsets()).as("behind those that decided").containsExactly(10L);
    }

    @Test
    void aPersonGivesUpWhoHasPassed() {
        passTheFirst(run);
        String trial = run.last(Trial.class).getId();

        run.order("reject", id(1));

        assertThat(run.last(Trial.class).getId()).isEqualTo(trial);
        assertThat(run.last(Trial.class).getOutcome()).isEqualTo("rejected");
        run.order("approve", id(1));
        assertThat(run.last(Decision.class).getReason()).isEqualTo("not.passed");
        assertThat(run.all(ChampionUpdate.class)).hasSize(1);
    }

    @Test
    void refusesToApproveWhoHasNotPassed() {
        run.arrive(0, 40).publish(0, 1).beats(1, 0, 0, 9);

        run.order("approve", id(1));

        assertThat(run.last(Decision.class).getKind()).isEqualTo("command.refused");
        assertThat(run.last(Decision.class).getReason()).isEqualTo("not.passed");
    }

    @Test
    void triesNewerCandidatesMeanwhileAndANewerOneThatPassesTakesThePlace() {
        passTheFirst(run);
        run.publish(2).beats(2, 0, 10, 22);

        assertThat(run.all(Decision.class))
                .extracting(decision -> decision.getKind() + " " + decision.getCheckpoint())
                .containsExactly(
                        "candidate.passed " + id(1), "candidate.superseded " + id(1), "candidate.passed " + id(2));
        run.order("approve", id(1));
        assertThat(run.last(Decision.class).getReason()).isEqualTo("not.passed");
        run.order("approve", id(2));
        assertThat(run.last(ChampionUpdate.class).getCheckpoint()).isEqualTo(id(2));
    }

    @Test
    void triesWhoIsOnTrialAgainAgainstWhomAPersonLetThrough() {
        passTheFirst(run);
        run.publish(2).agree(0, 5, 2).forget();

        run.order("approve", id(1), 1L);

        assertThat(run.all(Trial.class).stream()
                        .map(trial -> trial.getKind() + " " + trial.getOutcome() + " " + trial.getChampion())
                        .toList())
                .containsExactly("watch null " + id(1), "promotion abandoned " + id(0), "promotion null " + id(1));
        assertThat(run.last(Trial.class).getCandidate()).isEqualTo(id(2));
    }

    @Test
    void promotesNothingWhileOnHoldAndWhoPassedMeanwhileOnceLetGo() {
        GateRun held = new GateRun(GateRun.watching());
        held.arrive(0, 100).publish(0, 1).order("hold", null);
        held.restart();
        held.beats(1, 0, 0, 10);
        assertThat(held.all(ChampionUpdate.class)).as("held over a restart").hasSize(1);
        assertThat(held.last(Decision.class).getReason()).isEqualTo("gate.held");

        held.order("resume", null);

        ChampionUpdate update = held.last(ChampionUpdate.class);
        assertThat(update.getCheckpoint()).isEqualTo(id(1));
        assertThat(update.getReason()).isEqualTo("promotion");
        assertThat(update.getWho()).isNull();
        assertThat(held.last(Trial.class).getKind()).isEqualTo("watch");
    }

    @Test
    void leavesToThePersonWhoPassedWhileOnHoldWhereThePolicySaysSo() {
        run.arrive(0, 100).publish(0, 1).order("hold", null).beats(1, 0, 0, 10).order("resume", null);

        assertThat(run.all(ChampionUpdate.class)).hasSize(1);
        run.order("approve", id(1));
        assertThat(run.all(ChampionUpdate.class)).hasSize(2);
    }

    @Test
    void lettingAPersonsChoiceThroughIsNoPromotionThatAHoldForbids() {
        passTheFirst(run);

        run.order("hold", null).order("approve", id(1));

        assertThat(run.last(ChampionUpdate.class).getReason()).isEqualTo("approval");
    }

    @Test
    void rollsBackByItselfWhileOnHold() {
        GateRun held = new GateRun(GateRun.watching());
        WatchTest.promoteTheFirst(held);
        held.order("hold", null).beats(0, 1, 10, 40);

        assertThat(held.last(ChampionUpdate.class).getReason()).isEqualTo("rollback");
    }

    @Test
    void triesWhoHasPassedAgainAfterARollback() {
        passTheFirst(run);
        run.order("approve", id(1)).publish(2).beats(2, 1, 10, 22);
        assertThat(run.last(Decision.class).getKind()).isEqualTo("candidate.passed");

        run.order("rollback", null);

        assertThat(run.last(Trial.class).getCandidate()).isEqualTo(id(2));
        assertThat(run.last(Trial.class).getChampion()).isEqualTo(id(0));
        run.order("approve", id(2));
        assertThat(run.last(Decision.class).getReason()).isEqualTo("not.passed");
    }

    private static void passTheFirst(GateRun run) {
        run.arrive(0, 100).publish(0, 1).beats(1, 0, 0, 10);
    }
}
