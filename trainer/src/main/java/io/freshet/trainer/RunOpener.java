package io.freshet.trainer;

import io.freshet.core.config.CommonConfig;
import io.freshet.core.config.ModelSettings;
import io.freshet.core.store.CheckpointStore;
import io.freshet.model.Models;
import io.freshet.model.Objective;
import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.SplitSettings;
import io.freshet.schemas.Topic;
import io.freshet.trainer.checkpoint.CheckpointFiles;
import io.freshet.trainer.checkpoint.CheckpointWriter;
import io.freshet.trainer.checkpoint.Lineage;
import io.freshet.trainer.checkpoint.Manifests;
import io.freshet.trainer.checkpoint.Provenance;
import io.freshet.trainer.checkpoint.Segment;
import io.freshet.trainer.cut.BatchCutter;
import io.freshet.trainer.learn.Learner;
import io.freshet.trainer.learn.LearnerSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins a run from the newest checkpoint, making the genesis where there is none. */
final class RunOpener {

    private static final Logger log = LoggerFactory.getLogger(RunOpener.class);

    private final TrainerConfig config;
    private final CheckpointFiles files;
    private final SchemaRegistry registry;
    private final Time time;

    RunOpener(TrainerConfig config, CheckpointStore store, SchemaRegistry registry, Time time) {
        this.config = config;
        this.files = new CheckpointFiles(store, config.scratch());
        this.registry = registry;
        this.time = time;
    }

    /**
     * Consumers of committed records, one for each topic that is followed; not owned.
     *
     * @param train of the train topic, and before of the manifests
     * @param control of the topic {@code control}
     * @param split of the topic {@code split}
     * @param champions of the topic {@code champions}
     */
    record Consumers(
            Consumer<byte[], byte[]> train,
            Consumer<byte[], byte[]> control,
            Consumer<byte[], byte[]> split,
            Consumer<byte[], byte[]> champions) {}

    /**
     * Begins a run.
     *
     * @param producer transactional and initialised: an older trainer is fenced and its open transaction aborted, so that
     *     the manifests cannot change while they are read
     */
    TrainingRun open(Producer<String, byte[]> producer, Consumers consumers, Telemetry telemetry) throws IOException {
        Consumer<byte[], byte[]> consumer = consumers.train();
        Optional<CheckpointManifest> found =
                Newest.manifest(consumer, config.topic(Topic.CHECKPOINTS), manifestDeserializer());
        found.ifPresent(this::requireSameObjective);
        List<TopicPartition> partitions = partitions(consumer);
        CheckpointCommit commit = commit(producer, consumer);
        CheckpointManifest newest = found.isPresent() ? found.get() : genesis(commit, beginnings(consumer, partitions));
        Rollbacks rollbacks = rollbacks(consumers);
        Optional<ChampionUpdate> rolledBack = rollbacks.since(newest.getRollback());
        CheckpointManifest parent = rolledBack.isPresent() ? broughtBack(rolledBack.get(), consumer) : newest;
        Learner learner = learner(parent);
        try {
            log.info("going on from {}: step {}, {}", parent.getId(), parent.getStep(), newest.getRanges());
            Lineage lineage = Lineage.of(
                    newest, parent, rolledBack.map(ChampionUpdate::getSequence).orElse(newest.getRollback()), learner);
            ControlFeed controlFeed = new ControlFeed(
                    consumers.control(),
                    config.topic(Topic.CONTROL),
                    RecordDecoder.of(ControlCommand.class, registry),
                    time);
            RecordedSplit split = new RecordedSplit(
                    consumers.split(), config.topic(Topic.SPLIT), RecordDecoder.of(SplitSettings.class, registry));
            TrainingRun.Parts parts = new TrainingRun.Parts(
                    feed(consumer, partitions, split, newest, learner),
                    controlFeed,
                    rollbacks,
                    new CheckpointWriter(files),
                    commit,
                    new MemoryGuard(config.memoryLimitMib(), Machine::residentMib, time));
            return new TrainingRun(parts, learner, lineage, config.checkpointRule(), telemetry, time);
        } catch (RuntimeException e) {
            learner.close();
            throw e;
        }
    }

    private Rollbacks rollbacks(Consumers consumers) {
        return config.followsRollbacks()
                ? new ChampionFeed(
                        consumers.champions(),
                        config.topic(Topic.CHAMPIONS),
                        RecordDecoder.of(ChampionUpdate.class, registry),
                        time)
                : Rollbacks.NONE;
    }

    private CheckpointManifest broughtBack(ChampionUpdate champion, Consumer<byte[], byte[]> consumer) {
        String topic = config.topic(Topic.CHECKPOINTS);
        log.info(
                "champion {} is {} by a rollback ({}): its weights are learned on",
                champion.getSequence(),
                champion.getCheckpoint(),
                champion.getWhy());
        return Newest.named(consumer, topic, manifestDeserializer(), champion.getCheckpoint())
                .orElseThrow(() -> new TrainerStoppedException(
                        "champion %d was rolled back to %s, whose manifest is not in %s; roll back to one that is, or set %s = %s to go on from the newest"
                                .formatted(
                                        champion.getSequence(),
                                        champion.getCheckpoint(),
                                        topic,
                                        TrainerConfig.ROLLBACK,
                                        TrainerConfig.ROLLBACK_OWN)));
    }

    private Deserializer<CheckpointManifest> manifestDeserializer() {
        return AvroSerde.of(CheckpointManifest.class, registry).deserializer();
    }

    private void requireSameObjective(CheckpointManifest newest) {
        String wanted = config.objective().key();
        if (!newest.getObjective().equals(wanted)) {
            throw new TrainerStoppedException(
                    "%s = %s, but %s was trained with %s (topic %s): a run keeps its objective; set %s = %s, or give the new objective a %s of its own"
                            .formatted(
                                    ModelSettings.OBJECTIVE,
                                    wanted,
                                    newest.getId(),
                                    newest.getObjective(),
                                    config.topic(Topic.CHECKPOINTS),
                                    ModelSettings.OBJECTIVE,
                                    newest.getObjective(),
                                    CommonConfig.MODEL_NAME));
        }
    }

    private TrainFeed feed(
            Consumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            RecordedSplit split,
            CheckpointManifest newest,
            Learner learner) {
        List<Long> beginnings = beginnings(consumer, partitions);
        List<Long> starts = new ArrayList<>();
        for (int p = 0; p < partitions.size(); p++) {
            starts.add(Manifests.end(newest, p).orElse(beginnings.get(p)));
        }
        return new TrainFeed(
                consumer,
                partitions,
                starts,
                new BatchCutter<>(config.cutLimits(), starts, learner.batches()),
                split,
                new Intake(
                        RecordDecoder.of(LabeledExample.class, registry),
                        learner.model()::encode,
                        !config.objective().isLanguageModel(),
                        split::found),
                config.linger(),
                time);
    }

    private CheckpointCommit commit(Producer<String, byte[]> producer, Consumer<byte[], byte[]> consumer) {
        Publisher publisher = new Publisher(
                config,
                producer,
                AvroSerde.of(CheckpointManifest.class, registry).serializer(),
                AvroSerde.of(RejectedExample.class, registry).serializer());
        return new CheckpointCommit(new Manifests(provenance(), files.store()), publisher, consumer, time);
    }

    private CheckpointManifest genesis(CheckpointCommit commit, List<Long> starts) throws IOException {
        if (config.startingModel().isEmpty()) {
            throw new TrainerStoppedException(
                    "%s is empty and %s holds no checkpoint; set it to the directory of the model to start from"
                            .formatted(TrainerConfig.MODEL, config.topic(Topic.CHECKPOINTS)));
        }
        Path directory = Path.of(config.startingModel());
        Objective before = Models.objective(directory);
        if (before != config.objective()) {
            log.info(
                    "{} is a model for {}, or a body without a head: its body is loaded, and a head for {} is made anew",
                    directory,
                    before.key(),
                    config.objective().key());
        }
        try (Learner start = Learner.start(directory, config.modelOptions(), config.learner());
                LearnerSnapshot snapshot = start.snapshot()) {
            return commit.genesis(snapshot, Segment.empty(starts), files.write(snapshot));
        }
    }

    private Learner learner(CheckpointManifest newest) throws IOException {
        List<String> differences = provenance().differencesFrom(newest);
        if (!differences.isEmpty()) {
            log.warn(
                    "checkpoint {} was made under other circumstances, so what follows cannot be rebuilt byte for byte with one setting throughout: {}",
                    newest.getId(),
                    String.join("; ", differences));
        }
        try (CheckpointFiles.Fetched fetched = files.fetch(newest.getFiles())) {
            return Learner.resume(fetched.directory(), fetched.trainer(), config.modelOptions(), config.learner());
        }
    }

    private Provenance provenance() {
        return new Provenance(
                config.modelOptions().seed(), config.hash(), Machine.threads(), Machine.cpu(), Machine.engine());
    }

    private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
        return consumer.partitionsFor(config.topic(Topic.TRAIN)).stream()
                .sorted(Comparator.comparingInt(PartitionInfo::partition))
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private static List<Long> beginnings(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        var offsets = consumer.beginningOffsets(partitions);
        return partitions.stream()
                .map(partition -> Optional.ofNullable(offsets.get(partition)).orElseThrow())
                .toList();
    }
}
