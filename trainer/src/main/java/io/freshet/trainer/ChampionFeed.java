package io.freshet.trainer;

import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.UndecodableRecordException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the topic {@code champions}. It is compacted, so that only the newest record is asked about. */
final class ChampionFeed implements Rollbacks {

    static final String ROLLBACK = "rollback";

    private static final Logger log = LoggerFactory.getLogger(ChampionFeed.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration REFRESH = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final RecordDecoder<ChampionUpdate> decoder;
    private final Time time;
    private @Nullable ChampionUpdate newest;
    private long refreshed;

    /** Reads the topic from its beginning to its present end; does not own {@code consumer}. */
    ChampionFeed(Consumer<byte[], byte[]> consumer, String topic, RecordDecoder<ChampionUpdate> decoder, Time time) {
        this.consumer = consumer;
        this.decoder = decoder;
        this.time = time;
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = Optional.ofNullable(consumer.endOffsets(List.of(partition)).get(partition))
                .orElse(0L);
        while (consumer.position(partition) < end) {
            poll(POLL);
        }
    }

    @Override
    public Optional<ChampionUpdate> reigning() {
        if (time.since(refreshed).compareTo(REFRESH) >= 0) {
            poll(Duration.ZERO);
        }
        return Optional.ofNullable(newest)
                .filter(champion -> champion.getReason().equals(ROLLBACK));
    }

    private void poll(Duration atMost) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(atMost)) {
            follow(record);
        }
        refreshed = time.tick();
    }

    private void follow(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            newest = decoder.decode(record.value());
        } catch (UndecodableRecordException e) {
            log.warn("offset {} of {} is no champion: {}", record.offset(), record.topic(), e.getMessage());
        }
    }
}
