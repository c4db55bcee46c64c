package io.freshet.trainer;

import io.freshet.schemas.CheckpointManifest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Finds committed manifests. For the newest the topic is read backwards in growing leaps, since only its end is needed.
 */
final class Newest {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final long FIRST_LEAP = 16;

    private Newest() {}

    /**
     * Returns the newest manifest, or nothing if none was committed.
     *
     * @param consumer of committed records; what it is assigned to is lost
     */
    static Optional<CheckpointManifest> manifest(
            Consumer<byte[], byte[]> consumer, String topic, Deserializer<CheckpointManifest> deserializer) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<TopicPartition> one = List.of(partition);
        consumer.assign(one);
        long begin = offset(consumer.beginningOffsets(one).get(partition));
        long end = offset(consumer.endOffsets(one).get(partition));
        for (long leap = FIRST_LEAP, to = end; to > begin; leap *= 2) {
            long from = Math.max(begin, to - leap);
            Optional<ConsumerRecord<byte[], byte[]>> last = lastBetween(consumer, partition, from, end);
            if (last.isPresent()) {
                return last.map(found -> deserializer.deserialize(topic, found.value()));
            }
            to = from;
        }
        return Optional.empty();
    }

    /**
     * Returns the committed manifest of that checkpoint, or nothing if there is none.
     *
     * @param consumer of committed records; what it is assigned to is lost
     */
    static Optional<CheckpointManifest> named(
            Consumer<byte[], byte[]> consumer,
            String topic,
            Deserializer<CheckpointManifest> deserializer,
            String checkpoint) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<TopicPartition> one = List.of(partition);
        consumer.assign(one);
        consumer.seekToBeginning(one);
        long end = offset(consumer.endOffsets(one).get(partition));
        byte[] key = checkpoint.getBytes(StandardCharsets.UTF_8);
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (Arrays.equals(key, record.key())) {
                    return Optional.of(deserializer.deserialize(topic, record.value()));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<ConsumerRecord<byte[], byte[]>> lastBetween(
            Consumer<byte[], byte[]> consumer, TopicPartition partition, long from, long end) {
        consumer.seek(partition, from);
        Optional<ConsumerRecord<byte[], byte[]>> last = Optional.empty();
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                last = Optional.of(record);
            }
        }
        return last;
    }

    private static long offset(@Nullable Long offset) {
        if (offset == null) {
            throw new IllegalStateException("the broker named no offset of a partition that exists");
        }
        return offset;
    }
}
