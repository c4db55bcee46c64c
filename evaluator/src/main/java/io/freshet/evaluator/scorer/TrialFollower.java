package io.freshet.evaluator.scorer;

import io.freshet.schemas.Trial;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads the trials topic from its beginning and knows what is asked of a scorer. Confined to one thread. */
final class TrialFollower {

    private final Consumer<String, Trial> consumer;
    private final TopicPartition partition;
    private final OpenComparisons comparisons = new OpenComparisons();

    TrialFollower(Consumer<String, Trial> consumer, String topic) {
        this.consumer = consumer;
        this.partition = new TopicPartition(topic, 0);
    }

    /** Reads all trials there are, so that none that is closed already is worked on. */
    void catchUp() {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        while (consumer.position(partition) < end) {
            poll(Duration.ofMillis(200));
        }
    }

    /** Takes in what is new; returns whether there was anything. */
    boolean poll(Duration timeout) {
        boolean changed = false;
        for (ConsumerRecord<String, Trial> record : consumer.poll(timeout)) {
            comparisons.take(record.offset(), record.value());
            changed = true;
        }
        return changed;
    }

    /** Returns what is asked now. */
    Asked asked() {
        return comparisons.asked();
    }
}
