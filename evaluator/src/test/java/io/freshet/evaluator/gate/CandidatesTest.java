package io.freshet.evaluator.gate;

import static io.freshet.evaluator.gate.Given.failed;
import static io.freshet.evaluator.gate.Given.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.evaluator.policy.Approval;
import io.freshet.evaluator.policy.Superseded;
import io.freshet.schemas.Decision;
import io.freshet.schemas.Trial;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Candidates that wait for a trial. */
class CandidatesTest {

    @Test
    void passesOverAllButTheNewestAndSaysSo() {
        GateRun run = new GateRun(GateRun.watching());
        run.arrive(0, 40).publish(0, 1, 2, 3);

        Decision decision = run.last(Decision.class);
        assertThat(decision.getKind()).isEqualTo("candidate.superseded");
        assertThat(decision.getCheckpoint()).isEqualTo(id(2));
        assertThat(decision.getReason()).isEqualTo("candidate.newer");
        run.tell(failed(id(1), 0, 0));
        assertThat(run.last(Trial.class).getCandidate()).isEqualTo(id(3));
    }

    @Test
    void triesThemInTheirOrderWhereThePolicyLetsThemQueue() {
        GateRun run = queueing();
        run.arrive(0, 40).publish(0, 1, 2, 3);

        run.tell(failed(id(1), 0, 0)).tell(failed(id(2), 0, 0));

        assertThat(run.all(Trial.class))
                .extracting(Trial::getCandidate)
                .containsExactly(id(1), id(1), id(2), id(2), id(3));
        assertThat(run.all(Decision.class)).isEmpty();
    }

    @Test
    void letsAHundredQueueAndPassesOverTheOldest() {
        GateRun run = queueing();
        run.arrive(0, 40).publish(LongStream.rangeClosed(0, 102).toArray());

        assertThat(run.all(Decision.class)).hasSize(1);
        assertThat(run.last(Decision.class).getCheckpoint()).isEqualTo(id(2));
        assertThat(run.last(Decision.class).getReason()).isEqualTo("queue.full");
    }

    private static GateRun queueing() {
        return new GateRun(
                GateRun.policy(Approval.AUTOMATIC, Superseded.QUEUE, OptionalDouble.empty(), Optional.empty()));
    }
}
