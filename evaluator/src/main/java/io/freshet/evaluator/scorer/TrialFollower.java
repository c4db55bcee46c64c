package io.freshet.evaluator.scorer;

import io.freshet.schemas.Trial;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads the trials topic from its beginning and knows which trial is open and who reigns. Confined to one thread. */
final class TrialFollower {

    private final Consumer<String, Trial> consumer;
    private final TopicPartition partition;
    private @Nullable Trial open;
    private @Nullable String champion;

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

    /** Takes in what is new; returns whether the open trial or the champion changed. */
    boolean poll(Duration timeout) {
        boolean changed = false;
        for (ConsumerRecord<String, Trial> record : consumer.poll(timeout)) {
            Trial trial = record.value();
            boolean opens = trial.getState().equals("open");
            open = opens ? trial : null;
            champion = "promoted".equals(trial.getOutcome()) ? trial.getCandidate() : trial.getChampion();
            changed = true;
        }
        return changed;
    }

    /** Returns the open trial, or null while none is. */
    @Nullable
    Trial open() {
        return open;
    }

    /** Returns the reigning champion's id, as far as trials tell, or null before the first. */
    @Nullable
    String champion() {
        return champion;
    }
}
