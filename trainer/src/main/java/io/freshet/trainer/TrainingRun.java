package io.freshet.trainer;

import io.freshet.schemas.CheckpointFile;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.RejectionReason;
import io.freshet.schemas.StepCut;
import io.freshet.trainer.checkpoint.CheckpointRule;
import io.freshet.trainer.checkpoint.CheckpointWriter;
import io.freshet.trainer.checkpoint.CheckpointWriter.Writing;
import io.freshet.trainer.checkpoint.Lineage;
import io.freshet.trainer.checkpoint.OpenSegment;
import io.freshet.trainer.cut.Cut;
import io.freshet.trainer.learn.BatchReport;
import io.freshet.trainer.learn.Learnable;
import io.freshet.trainer.learn.Learner;
import io.freshet.trainer.learn.LearnerSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Training from one checkpoint on, until it is stopped or an error makes its weights worthless. Everything happens on the
 * thread that calls {@link #run}, but for the writing of files; transactions are committed between micro-batches.
 */
final class TrainingRun implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TrainingRun.class);
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Parts parts;
    private final Learner learner;
    private final OpenSegment segment;
    private final CheckpointRule rule;
    private final Time time;
    private final Telemetry telemetry;
    private Lineage lineage;
    private @Nullable Writing writing;
    private long checkpointed;
    private long learned;

    /** What a run works with; the writer is closed by it, no Kafka client is. */
    record Parts(
            TrainFeed feed,
            ControlFeed control,
            Rollbacks rollbacks,
            CheckpointWriter writer,
            CheckpointCommit commit,
            MemoryGuard guard) {}

    TrainingRun(Parts parts, Learner learner, Lineage lineage, CheckpointRule rule, Telemetry telemetry, Time time) {
        this.parts = parts;
        this.learner = learner;
        this.lineage = lineage;
        this.rule = rule;
        this.telemetry = telemetry;
        this.time = time;
        this.segment = new OpenSegment(parts.feed().covered());
        this.checkpointed = time.tick();
        this.learned = time.tick();
        telemetry.resumed(learner, lineage);
    }

    /**
     * Trains until {@code stopping}, then publishes what was learned; or until a champion was brought back whose weights are
     * to be learned on: then what no checkpoint covers yet is dropped, since the next run learns from it with those weights.
     *
     * @throws IOException if the files of a checkpoint could not be written
     */
    void run(BooleanSupplier stopping) throws IOException {
        Optional<String> complaint = Optional.empty();
        while (!stopping.getAsBoolean() && complaint.isEmpty()) {
            commitIfWritten();
            if (parts.rollbacks().since(lineage.rollback()).isPresent()) {
                return;
            }
            turn();
            if (writing == null && due()) {
                begin();
            }
            complaint = parts.guard().complaint();
        }
        finish();
        if (complaint.isPresent()) {
            log.warn("stopping: {}", complaint.get());
            throw new TrainerStoppedException(complaint.get());
        }
    }

    private void turn() {
        boolean paused = parts.control().paused();
        telemetry.paused(paused);
        if (paused) {
            parts.control().await(PATIENCE);
        } else {
            parts.feed().next(PATIENCE).ifPresent(this::learn);
        }
    }

    private void learn(Cut<Arrival> cut) {
        List<Arrival.Fresh> fresh = new ArrayList<>();
        List<RejectedExample> rejected = new ArrayList<>();
        for (Arrival arrival : cut.items()) {
            if (arrival instanceof Arrival.Fresh example) {
                fresh.add(example);
            } else if (arrival instanceof Arrival.Refused refused) {
                rejected.add(refused.rejection());
            }
        }
        List<Learnable> examples = fresh.stream().map(Arrival.Fresh::example).toList();
        long begin = time.tick();
        BatchReport report = learner.learn(examples, rejected.size());
        telemetry.learned(learner, report, time.since(begin));
        report.alarms().forEach(alarm -> log.warn("{}", Alarms.text(alarm)));
        for (int index : report.overLimit()) {
            rejected.add(overLimit(fresh.get(index)));
        }
        segment.add(new StepCut(learner.step(), cut.ends()), report.trained(), rejected, Alarms.of(report));
        learned = time.tick();
    }

    private RejectedExample overLimit(Arrival.Fresh arrival) {
        Learnable example = arrival.example();
        String detail = "label '%s' would be one more than the %d that %s allows; raise it or mend the label"
                .formatted(example.label(), learner.labels().size(), TrainerConfig.LABELS_MAX);
        return Rejections.of(arrival.origin(), RejectionReason.LABEL_LIMIT, detail, example.id());
    }

    private boolean due() {
        return (segment.alarmed() && learner.publishesAtAlarms())
                || rule.due(
                        segment.records(),
                        time.since(checkpointed),
                        time.since(learned),
                        segment.reaches(parts.feed().covered()));
    }

    private void begin() {
        LearnerSnapshot snapshot = learner.snapshot();
        writing = parts.writer().begin(snapshot, segment.close(parts.feed().covered()));
        checkpointed = time.tick();
        telemetry.report();
    }

    private void commitIfWritten() throws IOException {
        Writing pending = writing;
        if (pending != null && pending.done()) {
            commit(pending);
        }
    }

    private void commit(Writing written) throws IOException {
        List<CheckpointFile> files = written.await();
        CheckpointManifest newest = parts.commit().publish(lineage, written.snapshot(), written.segment(), files);
        lineage = lineage.after(newest);
        writing = null;
        telemetry.checkpointed(newest);
        log.info(
                "checkpoint {}: step {}, {} examples, {} labels",
                newest.getId(),
                newest.getStep(),
                newest.getTrained(),
                newest.getLabels());
    }

    private void finish() throws IOException {
        Writing pending = writing;
        if (pending != null) {
            commit(pending);
        }
        if (segment.records() > 0) {
            begin();
            finish();
        }
    }

    @Override
    public void close() {
        parts.writer().close();
        learner.close();
    }
}
