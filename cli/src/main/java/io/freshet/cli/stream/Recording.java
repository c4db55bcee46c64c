package io.freshet.cli.stream;

import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** The examples that a topic of a model has between two bounds, committed ones only. */
public final class Recording implements AutoCloseable {

    private static final Comparator<ConsumerRecord<byte[], byte[]>> AS_RECORDED = Comparator.comparingLong(
                    (ConsumerRecord<byte[], byte[]> entry) -> entry.timestamp())
            .thenComparingInt(ConsumerRecord::partition)
            .thenComparingLong(ConsumerRecord::offset);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<LabeledExample> deserializer;
    private final Cluster cluster;

    public Recording(Cluster cluster) {
        this.cluster = cluster;
        Map<String, Object> settings = new HashMap<>(cluster.clientSettings());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.deserializer =
                AvroSerde.of(LabeledExample.class, cluster.registry()).deserializer();
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Reads what is there now.
     *
     * @return in the order of the brokers' times, then of partitions and offsets
     * @throws IllegalStateException if the topic does not exist
     */
    public List<LabeledExample> read(Topic topic, Bound from, Bound to) {
        List<TopicPartition> partitions = cluster.partitions(consumer, topic.of(cluster.modelName()));
        consumer.assign(partitions);
        Map<TopicPartition, Long> starts = offsets(from, partitions, consumer.beginningOffsets(partitions));
        Map<TopicPartition, Long> ends = offsets(to, partitions, consumer.endOffsets(partitions));
        starts.forEach(consumer::seek);
        List<ConsumerRecord<byte[], byte[]>> entries = new ArrayList<>();
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
            for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(Duration.ofMillis(200))) {
                if (entry.value() != null && entry.offset() < end(ends, entry)) {
                    entries.add(entry);
                }
            }
        }
        return entries.stream()
                .sorted(AS_RECORDED)
                .map(entry -> deserializer.deserialize(entry.topic(), entry.value()))
                .toList();
    }

    private static long end(Map<TopicPartition, Long> ends, ConsumerRecord<byte[], byte[]> entry) {
        return ends.getOrDefault(new TopicPartition(entry.topic(), entry.partition()), 0L);
    }

    /** @param open what an open bound is, and what no bound goes beyond: the beginning or the end of each partition */
    private Map<TopicPartition, Long> offsets(
            Bound bound, List<TopicPartition> partitions, Map<TopicPartition, Long> open) {
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> last = consumer.endOffsets(partitions);
        Map<TopicPartition, @Nullable OffsetAndTimestamp> atTime = new HashMap<>();
        if (bound instanceof Bound.Time time) {
            Map<TopicPartition, Long> asked = new HashMap<>();
            partitions.forEach(partition -> asked.put(partition, time.time().toEpochMilli()));
            atTime.putAll(consumer.offsetsForTimes(asked));
        }
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            long begin = first.getOrDefault(partition, 0L);
            long end = last.getOrDefault(partition, 0L);
            OffsetAndTimestamp found = atTime.get(partition);
            long offset = bound.offset(
                    partition.partition(), found == null ? end : found.offset(), open.getOrDefault(partition, end));
            offsets.put(partition, Math.max(begin, Math.min(end, offset)));
        }
        return offsets;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
