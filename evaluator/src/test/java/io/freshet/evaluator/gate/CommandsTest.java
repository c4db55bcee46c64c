package io.freshet.evaluator.gate;

import static io.freshet.evaluator.gate.Given.failed;
import static io.freshet.evaluator.gate.Given.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.Decision;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the gate does when told to, and what it refuses. */
class CommandsTest {

    private final GateRun run = new GateRun(GateRun.watching());

    @Test
    void answersEveryCommandUnderItsId() {
        run.publish(0);

        run.give(GateRun.command("hold", null, "id-1", 1L));

        Decision answer = run.last(Decision.class);
        assertThat(answer.getKind()).isEqualTo("command.accepted");
        assertThat(answer.getCommand()).isEqualTo("hold");
        assertThat(answer.getCommandId()).isEqualTo("id-1");
        assertThat(answer.getWho()).isEqualTo("ada");
        assertThat(answer.getChampion()).isEqualTo(1);
        assertThat(answer.getTime()).isEqualTo(GateRun.NOW);
    }

    @Test
    void saysNothingToTheTrainersCommands() {
        run.publish(0).forget();

        run.give(GateRun.command("trainer.pause", null, "", null));

        assertThat(run.said()).isEmpty();
    }

    @Test
    void refusesACommandGivenInViewOfAnotherChampion() {
        WatchTest.promoteTheFirst(run);

        run.order("rollback", null, 1L);

        assertRefused("champion.moved");
        assertThat(run.last(Decision.class).getDetail()).contains("champion 1").contains("2 reigns");
        assertThat(run.last(Decision.class).getChampion()).isEqualTo(2);
        assertThat(run.all(ChampionUpdate.class)).hasSize(2);
    }

    @Test
    void refusesACommandWhoseIdWasUsedBefore() {
        run.publish(0);
        ControlCommand hold = GateRun.command("hold", null, "id-1", 1L);
        run.give(hold).order("resume", null);

        run.give(hold);

        assertRefused("command.repeated");
        run.order("resume", null);
        assertRefused("not.held");
    }

    @Test
    void refusesWhatIsNoCommandAndSaysWhatItWas() {
        run.publish(0).give(GateRun.command("promote", id(1), "id-1", 1L));
        assertRefused("command.unknown");

        run.garbled("the record of intents.control-0 at offset 7 is no command: it ends after 3 bytes");

        assertRefused("undecodable");
        assertThat(run.last(Decision.class).getDetail()).contains("offset 7");
        assertThat(run.last(Decision.class).getCommandId()).isNull();
    }

    @Test
    void refusesAnythingBeforeTheFirstCheckpoint() {
        run.order("hold", null);

        assertRefused("champion.none");
    }

    @Test
    void rollsBackToTheChampionBefore() {
        WatchTest.promoteTheFirst(run);
        run.publish(2).forget();

        run.give(GateRun.command("rollback", null, "id-1", 2L));

        ChampionUpdate update = run.last(ChampionUpdate.class);
        assertThat(update.getSequence()).isEqualTo(3);
        assertThat(update.getCheckpoint()).isEqualTo(id(0));
        assertThat(update.getReason()).isEqualTo("rollback");
        assertThat(update.getWho()).isEqualTo("ada");
        assertThat(update.getWhy()).isEqualTo("because");
        assertThat(update.getTrial()).isNull();
        assertThat(run.all(Trial.class).stream()
                        .map(trial -> trial.getKind() + " " + trial.getOutcome() + " " + trial.getCandidate())
                        .toList())
                .containsExactly(
                        "promotion rolled.back " + id(2), "watch rolled.back " + id(0), "promotion null " + id(2));
        assertThat(run.all(Decision.class))
                .extracting(Decision::getKind)
                .containsExactly("candidate.barred", "command.accepted");
        assertThat(run.last(Decision.class).getChampion()).as("after it").isEqualTo(3);
    }

    @Test
    void rollsBackFurtherAndFurtherButNotBehindTheFirst() {
        promoteThree();

        run.order("rollback", null);
        assertReigns(2);
        run.order("rollback", null);
        assertReigns(1);
        run.order("rollback", null);
        assertReigns(0);
        run.order("rollback", null);
        assertRefused("champion.first");
    }

    @Test
    void rollsBackToAnyEarlierChampionAndFromThereToNoneBetween() {
        promoteThree();

        run.order("rollback", id(1));
        assertReigns(1);
        run.order("rollback", null);

        assertReigns(0);
    }

    @Test
    void bringsBackARolledBackCheckpointForAPersonOnly() {
        WatchTest.promoteTheFirst(run);
        run.order("rollback", null);

        run.order("approve", id(1));
        assertRefused("checkpoint.barred");
        run.order("rollback", id(1));

        assertReigns(1);
        assertThat(run.all(Decision.class))
                .filteredOn(decision -> decision.getKind().equals("candidate.barred"))
                .extracting(Decision::getCheckpoint)
                .containsExactly(id(1), id(0));
    }

    @Test
    void refusesARollbackToWhoReignsOrNeverDid() {
        WatchTest.promoteTheFirst(run);

        run.order("rollback", id(1));
        assertRefused("already.champion");
        run.order("rollback", id(5));
        assertRefused("checkpoint.unknown");
    }

    @Test
    void rejectsTheCandidateOnTrialAndGoesOnWithTheNext() {
        run.arrive(0, 40).publish(0, 1, 2).agree(0, 3, 0, 1);

        run.order("reject", id(1));

        assertThat(run.all(Trial.class).stream().map(Trial::getOutcome).toList())
                .containsExactly(null, "rejected", null);
        assertThat(run.last(Evaluation.class).getReason()).isEqualTo("candidate.rejected");
        assertThat(run.last(Evaluation.class).getDetail()).isEqualTo("ada rejected it: because");
        assertThat(run.last(Trial.class).getCandidate()).isEqualTo(id(2));
    }

    @Test
    void rejectsAWaitingCandidate() {
        run.arrive(0, 40).publish(0, 1, 2);

        run.order("reject", id(2)).tell(failed(id(1), 0, 0));

        assertThat(run.all(Trial.class)).as("nobody waits any more").hasSize(2);
        run.order("reject", id(2));
        assertRefused("not.candidate");
    }

    private void promoteThree() {
        WatchTest.promoteTheFirst(run);
        run.publish(2).beats(2, 1, 10, 20);
        run.publish(3).beats(3, 2, 20, 30);
        assertReigns(3);
    }

    private void assertReigns(long checkpoint) {
        assertThat(run.last(ChampionUpdate.class).getCheckpoint()).isEqualTo(id(checkpoint));
    }

    private void assertRefused(String reason) {
        List<Decision> all = run.all(Decision.class);
        Decision answer = all.get(all.size() - 1);
        assertThat(answer.getKind()).isEqualTo("command.refused");
        assertThat(answer.getReason()).isEqualTo(reason);
        assertThat(answer.getDetail()).isNotBlank();
    }
}
