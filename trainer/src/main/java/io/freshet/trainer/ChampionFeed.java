package io.freshet.trainer;

import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.UndecodableRecordException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the topic {@code champions}. It is compacted, so that only the newest record is asked about. */
final class ChampionFeed implements Rollbacks {

    static final String ROLLBACK = "rollback";

    private static final Logger log = LoggerFactory.getLogger(ChampionFeed.class);

    private final RecordDecoder<ChampionUpdate> decoder;
    private final FollowedTopic followed;
    private @Nullable ChampionUpdate newest;

    /** Reads the topic from its beginning to its present end; does not own {@code consumer}. */
    ChampionFeed(Consumer<byte[], byte[]> consumer, String topic, RecordDecoder<ChampionUpdate> decoder, Time time) {
        this.decoder = decoder;
        this.followed = new FollowedTopic(consumer, topic, time, this::follow);
    }

    @Override
    public Optional<ChampionUpdate> reigning() {
        followed.refresh();
        return Optional.ofNullable(newest)
                .filter(champion -> champion.getReason().equals(ROLLBACK));
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
