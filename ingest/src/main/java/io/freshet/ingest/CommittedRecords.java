package io.freshet.ingest;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads topics from their beginning to what is committed now, and later on from there. For one thread at a time.
 *
 * @param <V> value of the records; their keys are strings
 */
final class CommittedRecords<V> implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<String, V> consumer;
    private final List<String> topics;
    private final Set<TopicPartition> assigned = new HashSet<>();

    CommittedRecords(Map<String, Object> properties, List<String> topics, Deserializer<V> values) {
        this.consumer = new KafkaConsumer<>(properties, new StringDeserializer(), values);
        this.topics = List.copyOf(topics);
    }

    /**
     * Hands every record that was committed since the last call to {@code reader}, in the order of its partition. Topics
     * that do not exist have none.
     *
     * @throws TimeoutException if the brokers give nothing for 30 s
     */
    void readOn(Consumer<ConsumerRecord<String, V>> reader) {
        assignNew();
        if (assigned.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(assigned, PATIENCE);
        long lastProgress = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue())) {
            var records = consumer.poll(POLL);
            records.forEach(reader);
            if (!records.isEmpty()) {
                lastProgress = System.nanoTime();
            } else if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
                throw new TimeoutException(
                        "no record of %s for %s, though there are some to %s".formatted(topics, PATIENCE, ends));
            }
        }
    }

    private void assignNew() {
        Map<String, List<PartitionInfo>> existing = consumer.listTopics(PATIENCE);
        Set<TopicPartition> added = new HashSet<>();
        for (String topic : topics) {
            for (PartitionInfo partition : existing.getOrDefault(topic, List.of())) {
                added.add(new TopicPartition(topic, partition.partition()));
            }
        }
        added.removeAll(assigned);
        if (!added.isEmpty()) {
            assigned.addAll(added);
            consumer.assign(assigned); // keeps the positions of those that were assigned before
            consumer.seekToBeginning(added);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
