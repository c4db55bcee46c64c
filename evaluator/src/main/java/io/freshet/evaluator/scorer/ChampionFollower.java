package io.freshet.evaluator.scorer;

import io.freshet.schemas.ChampionUpdate;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads the champions topic from its beginning and knows who reigns. Confined to one thread. */
final class ChampionFollower {

    private final Consumer<String, ChampionUpdate> consumer;
    private final TopicPartition partition;
    private @Nullable ChampionUpdate champion;

    ChampionFollower(Consumer<String, ChampionUpdate> consumer, String topic) {
        this.consumer = consumer;
        this.partition = new TopicPartition(topic, 0);
    }

    /** Begins to follow, at the beginning. */
    void begin() {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    /** Takes in what is new; returns whether the champion changed. Sequence numbers never decrease: an older one is stale. */
    boolean poll(Duration timeout) {
        boolean changed = false;
        for (ConsumerRecord<String, ChampionUpdate> record : consumer.poll(timeout)) {
            ChampionUpdate update = record.value();
            if (update != null && (champion == null || update.getSequence() > champion.getSequence())) {
                champion = update;
                changed = true;
            }
        }
        return changed;
    }

    /** Returns who reigns, or null before the first. */
    @Nullable
    ChampionUpdate champion() {
        return champion;
    }
}
