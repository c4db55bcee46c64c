package io.freshet.trainer;

import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.TrainingMetrics;
import io.freshet.trainer.checkpoint.Lineage;
import io.freshet.trainer.learn.BatchReport;
import io.freshet.trainer.learn.Learner;
import io.freshet.trainer.learn.Standing;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns what happens on the training thread into {@link Progress} and into records of {@code training.metrics}. */
final class Telemetry {

    private final Consumer<Progress> progress;
    private final Consumer<TrainingMetrics> metrics;
    private final int everyBatches;
    private final Time time;
    private Progress now;
    private long trainedElsewhere;
    private long rejectedElsewhere;
    private @Nullable TrainingMetrics unreported;

    /**
     * Goes on from what was told before.
     *
     * @param before progress of the run before this, whose time spent learning is kept
     * @param everyBatches a record is made after every so many micro-batches, at least 1
     */
    Telemetry(
            Progress before,
            Consumer<Progress> progress,
            Consumer<TrainingMetrics> metrics,
            int everyBatches,
            Time time) {
        this.now = before;
        this.progress = progress;
        this.metrics = metrics;
        this.everyBatches = everyBatches;
        this.time = time;
    }

    /** Told once, before anything is learned. */
    void resumed(Learner learner, Lineage lineage) {
        trainedElsewhere = lineage.trainedElsewhere();
        rejectedElsewhere = lineage.rejectedElsewhere();
        tell(learnedBy(learner, Duration.ZERO).checkpointed(lineage.previous()));
    }

    private Progress learnedBy(Learner learner, Duration took) {
        return now.learned(learner, learner.trained() + trainedElsewhere, learner.rejected() + rejectedElsewhere, took);
    }

    void learned(Learner learner, BatchReport report, Duration took) {
        tell(learnedBy(learner, took));
        unreported = metrics(learner, report, took);
        if (learner.batches() % everyBatches == 0 || !report.alarms().isEmpty()) {
            report();
        }
    }

    /** Reports the last micro-batch if it was not; done at each checkpoint, so that the end of the course is never missing. */
    void report() {
        if (unreported != null) {
            metrics.accept(unreported);
            unreported = null;
        }
    }

    void checkpointed(CheckpointManifest manifest) {
        tell(now.checkpointed(manifest));
    }

    void paused(boolean paused) {
        if (paused != now.paused()) {
            tell(now.paused(paused));
        }
    }

    private void tell(Progress next) {
        now = next;
        progress.accept(next);
    }

    private TrainingMetrics metrics(Learner learner, BatchReport report, Duration took) {
        BatchReport.Steps steps = report.steps();
        Standing standing = learner.standing();
        return TrainingMetrics.newBuilder()
                .setObjective(learner.model().objective().key())
                .setStep(learner.step())
                .setTrained(learner.trained() + trainedElsewhere)
                .setLoss(steps.loss())
                .setPrequentialAccuracy(standing.accuracy())
                .setWindowAccuracy(standing.windowAccuracy())
                .setPrequentialLoss(standing.loss())
                .setPrequentialBitsPerToken(orNull(standing.bitsPerToken()))
                .setWindowBitsPerToken(orNull(standing.windowBitsPerToken()))
                .setLearningRate(steps.learningRate())
                .setGradientNorm(steps.gradientNorm())
                .setBatch(report.trained())
                .setReplayed(steps.replayed())
                .setTokens(steps.tokens())
                .setStepMillis(took.toNanos() / 1e6)
                .setLabels(learner.labels().size())
                .setReplaySize(learner.remembered())
                .setAlarms(Alarms.of(report))
                .setTime(time.now())
                .build();
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
