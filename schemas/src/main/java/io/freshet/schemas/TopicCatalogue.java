package io.freshet.schemas;

import io.freshet.schemas.TopicSpec.Cleanup;
import io.freshet.schemas.TopicSpec.Timestamps;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/** Key, partitions, clean-up and retention of every topic of one model. */
public final class TopicCatalogue {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);

    private final String modelName;
    private final int partitions;

    private TopicCatalogue(String modelName, int partitions) {
        this.modelName = modelName;
        this.partitions = partitions;
    }

    /**
     * Returns the catalogue of one model.
     *
     * @param modelName prefix of the topics' names
     * @param partitions of the topics of examples and labels, at least 1; all other topics have one
     */
    public static TopicCatalogue of(String modelName, int partitions) {
        return new TopicCatalogue(modelName, partitions);
    }

    /** All topics, in the order of {@link Topic}. */
    public List<TopicSpec> specs() {
        return Arrays.stream(Topic.values()).map(this::spec).toList();
    }

    public TopicSpec spec(Topic topic) {
        return switch (topic) {
            case EXAMPLES, LABELS -> examples(topic, WEEK, Timestamps.BROKER);
            case UNLABELLED -> examples(topic, WEEK, Timestamps.PRODUCER);
            case TRAIN, HELD_OUT, REJECTED -> examples(topic, MONTH, Timestamps.PRODUCER);
            case SPLIT -> compacted(topic, "model name");
            case CHECKPOINTS -> log(topic, "checkpoint id", Optional.empty());
            case TRIALS -> log(topic, "trial id", Optional.empty());
            case SCORES -> log(topic, "partition-offset-checkpoint", Optional.of(WEEK));
            case PAIRS -> log(topic, "trial id", Optional.empty());
            case EVALUATIONS -> log(topic, "trial id", Optional.empty());
            case CHAMPIONS -> compacted(topic, "model name");
            case TRAINING_METRICS -> log(topic, "step", Optional.of(MONTH));
            case PREDICTIONS -> log(topic, "example id", Optional.of(MONTH));
            case CONTROL -> log(topic, "command", Optional.empty());
            case DECISIONS -> log(topic, "checkpoint or command", Optional.empty());
        };
    }

    /**
     * Creates the topics that are missing.
     *
     * @throws TopicMismatchException naming every difference between topics that exist and this catalogue
     */
    public void ensure(Admin admin) {
        new TopicSetup(admin).ensure(specs());
    }

    private TopicSpec examples(Topic topic, Duration retention, Timestamps timestamps) {
        return new TopicSpec(
                topic,
                topic.of(modelName),
                "example id",
                partitions,
                Cleanup.DELETE,
                Optional.of(retention),
                timestamps);
    }

    private TopicSpec log(Topic topic, String key, Optional<Duration> retention) {
        return new TopicSpec(topic, topic.of(modelName), key, 1, Cleanup.DELETE, retention, Timestamps.PRODUCER);
    }

    private TopicSpec compacted(Topic topic, String key) {
        return new TopicSpec(
                topic, topic.of(modelName), key, 1, Cleanup.COMPACT, Optional.empty(), Timestamps.PRODUCER);
    }
}
