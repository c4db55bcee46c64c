package io.freshet.cli.run;

import static io.freshet.cli.run.Records.champion;
import static io.freshet.cli.run.Records.evaluation;
import static io.freshet.cli.run.Records.manifest;
import static io.freshet.cli.run.Records.range;
import static io.freshet.cli.run.Records.trial;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.stream.StreamView;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompletionTest {

    private final StreamView view = new StreamView();

    /** Three examples in partition 0, two in partition 1 of the train topic; one held out. */
    @BeforeEach
    void ingestSixRecords() {
        view.checkpoint(manifest("genesis", 0, 0, 0));
        view.champion(champion(1, "genesis", null));
        view.admittedForTraining(0, 0);
        view.admittedForTraining(0, 1);
        view.admittedForTraining(0, 4); // offsets 2 and 3 are control records
        view.admittedForTraining(1, 0);
        view.admittedForTraining(1, 1);
        view.heldOut(0, 7);
    }

    @Test
    void waitsWhileRecordsAreStillPublished() {
        trainedOnAll("c1");
        view.trial(trial("t1", "c1", "closed"));
        assertThat(Completion.waitingFor(view, Account.of(view, 6, 0, 0), true)).hasValue("publishing (6 so far)");
    }

    @Test
    void waitsForIngest() {
        assertThat(waiting(7)).hasValue("ingest: 6 of 7 published records are accounted for");
    }

    @Test
    void waitsForTheEndsOfEveryPartitionOverAllManifests() {
        view.checkpoint(manifest("c1", 1, 3, 0, range(0, 0, 5)));
        assertThat(waiting(6)).hasValue("training: 3 of 5 admitted examples are in a checkpoint");
        view.checkpoint(manifest("c2", 2, 5, 0, range(1, 0, 2)));
        assertThat(waiting(6)).hasValue("the gate: no trial of the newest checkpoint c2 yet");
    }

    @Test
    void isOverWhenTheNewestCheckpointWasDecidedOn() {
        trainedOnAll("c1");
        view.trial(trial("t1", "c1", "open"));
        assertThat(waiting(6)).hasValue("the decision on c1 (trial t1, 0 pairs)");
        view.trial(trial("t1", "c1", "closed"));
        assertThat(waiting(6)).isEmpty();
    }

    @Test
    void isOverWhenTheOpenTrialHasUsedEveryHeldOutExample() {
        trainedOnAll("c2");
        view.trial(trial("t1", "c1", "open"));
        view.evaluation(evaluation("t1", "c1", "defer", "examples.exhausted", range(0, 0, 7)));
        assertThat(waiting(6)).hasValue("the decision on c1 (trial t1, 120 pairs)"); // offset 7 is not used yet
        view.evaluation(evaluation("t1", "c1", "defer", "examples.exhausted", range(0, 0, 8)));
        assertThat(waiting(6)).isEmpty();
        view.evaluation(evaluation("t1", "c1", "keep", "pairs.below.minimum", range(0, 0, 8)));
        assertThat(waiting(6)).isPresent();
    }

    @Test
    void waitsForATrialWithEnoughPairsToYieldToANewerCandidate() {
        trainedOnAll("c2");
        view.trial(trial("t1", "c1", "open", 120));
        view.evaluation(evaluation("t1", "c1", "defer", "examples.exhausted", range(0, 0, 8))); // 120 pairs
        assertThat(waiting(6)).isPresent();
        view.trial(trial("t1", "c1", "closed", 120));
        view.trial(trial("t2", "c2", "open", 120));
        view.evaluation(evaluation("t2", "c2", "defer", "examples.exhausted", range(0, 0, 8)));
        assertThat(waiting(6)).isEmpty();
    }

    @Test
    void isOverWithoutADecisionWhenNothingWasHeldOut() {
        StreamView bare = new StreamView();
        bare.champion(champion(1, "genesis", null));
        bare.admittedForTraining(0, 0);
        bare.checkpoint(manifest("c1", 1, 1, 0, range(0, 0, 1)));
        bare.trial(trial("t1", "c1", "open"));
        assertThat(Completion.waitingFor(bare, Account.of(bare, 1, 0, 0), false))
                .isEmpty();
    }

    @Test
    void isOverWhenEverythingWasRejected() {
        StreamView bare = new StreamView();
        bare.checkpoint(manifest("genesis", 0, 0, 0));
        bare.champion(champion(1, "genesis", null));
        bare.rejected(Records.rejected("text.blank", "ingest"));
        assertThat(Completion.waitingFor(bare, Account.of(bare, 1, 0, 0), false))
                .isEmpty();
    }

    private void trainedOnAll(String checkpoint) {
        view.checkpoint(manifest(checkpoint, 1, 5, 0, range(0, 0, 5), range(1, 0, 2)));
    }

    private Optional<String> waiting(long published) {
        return Completion.waitingFor(view, Account.of(view, published, 0, 0), false);
    }
}
