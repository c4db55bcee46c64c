package io.freshet.trainer;

import io.freshet.core.store.CheckpointStore;
import io.freshet.core.store.CheckpointStores;
import io.freshet.schemas.CheckpointFile;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.StepCut;
import io.freshet.schemas.Topic;
import io.freshet.trainer.checkpoint.CheckpointFiles;
import io.freshet.trainer.cut.BatchCutter;
import io.freshet.trainer.cut.Cut;
import io.freshet.trainer.cut.CutLimits;
import io.freshet.trainer.learn.Learnable;
import io.freshet.trainer.learn.Learner;
import io.freshet.trainer.learn.LearnerSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Trains again from a checkpoint, its settings and the recorded cuts of those that followed, and returns the files that come out. */
final class Rebuild {

    private final Cluster cluster;
    private final TrainerConfig config;
    private final Path scratch;

    Rebuild(Cluster cluster, Map<String, String> settings, Path scratch) {
        this.cluster = cluster;
        this.config = TrainerConfig.from(settings);
        this.scratch = scratch;
    }

    /** Returns the files of the last of {@code following}, made without a stop from {@code parent} on. */
    List<CheckpointFile> files(CheckpointManifest parent, List<CheckpointManifest> following) throws IOException {
        try (CheckpointStore store = CheckpointStores.open(config.store(), Map.of());
                CheckpointStore again =
                        CheckpointStores.open(scratch.resolve("again").toUri().toString(), Map.of());
                CheckpointFiles.Fetched fetched =
                        new CheckpointFiles(store, scratch.resolve("fetch")).fetch(parent.getFiles());
                Learner learner = Learner.resume(
                        fetched.directory(), fetched.trainer(), config.modelOptions(), config.learner())) {
            Intake intake = new Intake(
                    RecordDecoder.of(LabeledExample.class, cluster.registry()),
                    learner.model()::encode,
                    !config.objective().isLanguageModel(),
                    Optional::empty);
            List<ConsumerRecord<String, byte[]>> log = cluster.records(Topic.TRAIN, config.modelName());
            List<Long> from = Chain.starts(following.get(0)); // after a rollback beyond the parent's end
            for (CheckpointManifest manifest : following) {
                for (StepCut cut : manifest.getCuts()) {
                    learn(learner, intake, log, from, cut.getEnds());
                    from = cut.getEnds();
                }
            }
            try (LearnerSnapshot snapshot = learner.snapshot()) {
                return new CheckpointFiles(again, scratch.resolve("write")).write(snapshot);
            }
        }
    }

    private static void learn(
            Learner learner, Intake intake, List<ConsumerRecord<String, byte[]>> log, List<Long> from, List<Long> to) {
        BatchCutter<Arrival> cutter = new BatchCutter<>(CutLimits.NONE, from, learner.batches());
        for (ConsumerRecord<String, byte[]> found : log) {
            int partition = found.partition();
            if (found.offset() >= from.get(partition) && found.offset() < to.get(partition)) {
                Arrival arrival = intake.take(
                        new ConsumerRecord<>(found.topic(), partition, found.offset(), new byte[0], found.value()));
                cutter.add(partition, found.offset(), arrival.tokens(), arrival);
            }
        }
        Cut<Arrival> cut = cutter.next(true).orElseThrow();
        List<Learnable> examples = new ArrayList<>();
        for (Arrival arrival : cut.items()) {
            if (arrival instanceof Arrival.Fresh fresh) {
                examples.add(fresh.example());
            }
        }
        learner.learn(examples, cut.items().size() - examples.size());
    }
}
