package io.freshet.cli.stream;

import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.Decision;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.Pair;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.SplitSettings;
import io.freshet.schemas.Topic;
import io.freshet.schemas.TrainingMetrics;
import io.freshet.schemas.Trial;
import io.freshet.schemas.UndecodableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Follows topics of one model from their beginning, committed records only, and tells a listener of each record.
 * Confined to one thread; belongs to no consumer group.
 */
public final class StreamTail implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final SchemaRegistry registry;
    private final StreamListener listener;
    private final RecordDecoder<LabeledExample> examples;
    private final Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> handlers = new HashMap<>();
    private final List<TopicPartition> partitions = new ArrayList<>();

    /**
     * Assigns every partition of the given topics, at the beginning.
     *
     * @throws IllegalStateException if a topic does not exist
     */
    public StreamTail(Cluster cluster, SchemaRegistry registry, Set<Topic> topics, StreamListener listener) {
        this.registry = registry;
        this.listener = listener;
        this.examples = RecordDecoder.of(LabeledExample.class, registry);
        Map<String, Object> settings = new HashMap<>(cluster.clientSettings());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            for (Topic topic : topics) {
                String name = topic.of(cluster.modelName());
                handlers.put(name, handler(topic));
                partitions.addAll(cluster.partitions(consumer, name));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** Begins at the end instead: only records that are yet to come are told. */
    public void skipToEnd(Collection<Topic> topics, String modelName) {
        List<String> names = topics.stream().map(topic -> topic.of(modelName)).toList();
        consumer.seekToEnd(partitions.stream()
                .filter(partition -> names.contains(partition.topic()))
                .toList());
    }

    /** Tells the listener of what has come, waiting up to {@code timeout} for something; returns how many records. */
    public int poll(Duration timeout) {
        int count = 0;
        for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(timeout)) {
            Consumer<ConsumerRecord<byte[], byte[]>> handler = handlers.get(entry.topic());
            if (handler != null && entry.value() != null) {
                handler.accept(entry);
                count++;
            }
        }
        return count;
    }

    /** Tells the listener of everything committed at the time of the call. */
    public void readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll(Duration.ofMillis(200));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    private Consumer<ConsumerRecord<byte[], byte[]>> handler(Topic topic) {
        return switch (topic) {
            case TRAIN -> this::admitted;
            case HELD_OUT -> entry -> listener.heldOut(entry.partition(), entry.offset());
            case REJECTED -> decoding(RejectedExample.class, listener::rejected);
            case CHECKPOINTS -> decoding(CheckpointManifest.class, listener::checkpoint);
            case TRIALS -> decoding(Trial.class, listener::trial);
            case SCORES -> decoding(ExampleScore.class, listener::score);
            case EVALUATIONS -> decoding(Evaluation.class, listener::evaluation);
            case CHAMPIONS -> decoding(ChampionUpdate.class, listener::champion);
            case TRAINING_METRICS -> decoding(TrainingMetrics.class, listener::metrics);
            case PAIRS -> decoding(Pair.class, listener::pair);
            case CONTROL -> decoding(ControlCommand.class, listener::command);
            case DECISIONS -> decoding(Decision.class, listener::decision);
            case SPLIT -> decoding(SplitSettings.class, listener::split);
            case EXAMPLES, LABELS, UNLABELLED, PREDICTIONS ->
                throw new IllegalArgumentException("topic " + topic + " is not followed");
        };
    }

    private void admitted(ConsumerRecord<byte[], byte[]> entry) {
        if (correction(entry.value())) {
            listener.corrected(entry.partition(), entry.offset());
        } else {
            listener.admittedForTraining(entry.partition(), entry.offset());
        }
    }

    /** What ingest did not write may be there too; the trainer rejects it. */
    private boolean correction(byte[] value) {
        try {
            return examples.decode(value).getCorrection();
        } catch (UndecodableRecordException e) {
            return false;
        }
    }

    private <T extends SpecificRecord> Consumer<ConsumerRecord<byte[], byte[]>> decoding(
            Class<T> type, Consumer<T> consumer) {
        Deserializer<T> deserializer = AvroSerde.of(type, registry).deserializer();
        return entry -> consumer.accept(deserializer.deserialize(entry.topic(), entry.value()));
    }
}
