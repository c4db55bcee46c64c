package io.freshet.trainer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A topic of one partition that is read from its beginning, then looked at a few times a second. */
final class FollowedTopic {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration REFRESH = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final Time time;
    private final java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> listener;
    private long refreshed;

    /**
     * Reads the topic from its beginning to its present end; does not own {@code consumer}.
     *
     * @param listener told of every record, in order
     */
    FollowedTopic(
            Consumer<byte[], byte[]> consumer,
            String topic,
            Time time,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> listener) {
        this.consumer = consumer;
        this.time = time;
        this.listener = listener;
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = Optional.ofNullable(consumer.endOffsets(List.of(partition)).get(partition))
                .orElse(0L);
        while (consumer.position(partition) < end) {
            await(POLL);
        }
    }

    /** Looks for new records, if the last look is a while ago. */
    void refresh() {
        if (time.since(refreshed).compareTo(REFRESH) >= 0) {
            await(Duration.ZERO);
        }
    }

    /** Waits for records, at most {@code atMost}. */
    void await(Duration atMost) {
        consumer.poll(atMost).forEach(listener);
        refreshed = time.tick();
    }
}
