package io.freshet.cli.run;

import io.freshet.cli.console.Display;
import io.freshet.cli.input.InputRecord;
import io.freshet.cli.stream.StreamListener;
import io.freshet.cli.stream.StreamView;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.TrainingMetrics;
import io.freshet.schemas.Trial;
import java.util.Queue;

/** Passes everything on to the view of a run, and says aloud what a person wants to hear at once. */
final class Announcer implements StreamListener {

    /** Malformed records said one by one; of further ones only the number is said. */
    private static final int NAMED = 20;

    private final StreamView view;
    private final Display display;
    private int malformed;

    Announcer(StreamView view, Display display) {
        this.view = view;
        this.display = display;
    }

    /** Says what is wrong with records of the input. */
    void malformed(Queue<InputRecord.Malformed> found) {
        for (InputRecord.Malformed bad = found.poll(); bad != null; bad = found.poll()) {
            malformed++;
            if (malformed <= NAMED) {
                display.line("line %d is no example: %s".formatted(bad.line(), bad.problem()));
            } else if (malformed == NAMED + 1) {
                display.line("further malformed lines are only counted");
            }
        }
    }

    @Override
    public void champion(ChampionUpdate champion) {
        view.champion(champion);
        if (champion.getHeldOutBitsPerToken() != null) {
            display.line("champion %d: %s (%s), %.3f bits per token on the held-out pairs, step %d"
                    .formatted(
                            champion.getSequence(),
                            champion.getCheckpoint(),
                            champion.getReason(),
                            champion.getHeldOutBitsPerToken(),
                            champion.getStep()));
        } else if (champion.getHeldOutAccuracy() == null) {
            display.line("champion %d: %s (%s)"
                    .formatted(champion.getSequence(), champion.getCheckpoint(), champion.getReason()));
        } else {
            display.line("champion %d: %s (%s), right on %.1f %% of the held-out pairs, %d labels, step %d"
                    .formatted(
                            champion.getSequence(),
                            champion.getCheckpoint(),
                            champion.getReason(),
                            100 * champion.getHeldOutAccuracy(),
                            champion.getLabels(),
                            champion.getStep()));
        }
    }

    @Override
    public void admittedForTraining(int partition, long offset) {
        view.admittedForTraining(partition, offset);
    }

    @Override
    public void corrected(int partition, long offset) {
        view.corrected(partition, offset);
    }

    @Override
    public void heldOut(int partition, long offset) {
        view.heldOut(partition, offset);
    }

    @Override
    public void rejected(RejectedExample rejected) {
        view.rejected(rejected);
    }

    @Override
    public void checkpoint(CheckpointManifest manifest) {
        view.checkpoint(manifest);
    }

    @Override
    public void trial(Trial trial) {
        view.trial(trial);
    }

    @Override
    public void score(ExampleScore score) {
        view.score(score);
    }

    @Override
    public void evaluation(Evaluation evaluation) {
        view.evaluation(evaluation);
    }

    @Override
    public void metrics(TrainingMetrics metrics) {
        view.metrics(metrics);
    }
}
