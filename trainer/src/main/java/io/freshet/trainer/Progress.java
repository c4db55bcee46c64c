package io.freshet.trainer;

import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.OffsetRange;
import io.freshet.trainer.learn.Learner;
import io.freshet.trainer.learn.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a trainer stands, as its own process sees it; steps that no checkpoint covers yet are included.
 *
 * @param step optimizer steps behind the weights
 * @param trained examples learned from
 * @param rejected records of the train topic rejected by the trainer
 * @param standing how well examples were predicted before they were learned from
 * @param learning time spent predicting and learning since this process started
 * @param checkpoint id of the newest checkpoint
 * @param covered offset of each partition that the newest checkpoint reaches, exclusive
 * @param paused whether training is paused
 */
public record Progress(
        long step,
        long trained,
        long rejected,
        Standing standing,
        Duration learning,
        Optional<String> checkpoint,
        List<Long> covered,
        boolean paused) {

    static final Progress NONE =
            new Progress(0, 0, 0, Standing.NONE, Duration.ZERO, Optional.empty(), List.of(), false);

    public Progress {
        covered = List.copyOf(covered);
    }

    /** Returns this with these counts, the learner's steps and {@code took} more time spent learning. */
    Progress learned(Learner learner, long nowTrained, long nowRejected, Duration took) {
        return new Progress(
                learner.step(),
                nowTrained,
                nowRejected,
                learner.standing(),
                learning.plus(took),
                checkpoint,
                covered,
                paused);
    }

    /** Returns this with another newest checkpoint. */
    Progress checkpointed(CheckpointManifest manifest) {
        List<Long> ends = manifest.getRanges().stream().map(OffsetRange::getTo).toList();
        return new Progress(step, trained, rejected, standing, learning, Optional.of(manifest.getId()), ends, paused);
    }

    Progress paused(boolean nowPaused) {
        return new Progress(step, trained, rejected, standing, learning, checkpoint, covered, nowPaused);
    }
}
