package io.freshet.trainer;

import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.SplitSettings;
import io.freshet.schemas.UndecodableRecordException;
import io.freshet.schemas.split.HeldOutSplit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The split that ingest recorded in the topic {@code split}, which fixes it for the life of a model. It is recorded before
 * anything is admitted, so whoever looks after a record of the train topic has arrived finds it; where there is none, what
 * is on the train topic did not come from ingest.
 */
final class RecordedSplit {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final RecordDecoder<SplitSettings> decoder;
    private Optional<HeldOutSplit> found = Optional.empty();

    /** @param consumer of committed records; not owned, used for nothing else */
    RecordedSplit(Consumer<byte[], byte[]> consumer, String topic, RecordDecoder<SplitSettings> decoder) {
        this.consumer = consumer;
        this.partition = new TopicPartition(topic, 0);
        this.decoder = decoder;
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    /** Looks for it, unless it is found already; a round trip to Kafka. */
    void look() {
        if (found.isPresent()) {
            return;
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(partition));
        long end = Optional.ofNullable(ends.get(partition)).orElse(0L);
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                found = Optional.of(split(record));
            }
        }
    }

    private static String where(ConsumerRecord<byte[], byte[]> record) {
        return "offset %d of %s".formatted(record.offset(), record.topic());
    }

    private HeldOutSplit split(ConsumerRecord<byte[], byte[]> record) {
        try {
            SplitSettings recorded = decoder.decode(record.value());
            return new HeldOutSplit(recorded.getFraction(), recorded.getSalt());
        } catch (UndecodableRecordException | IllegalArgumentException e) {
            throw new TrainerStoppedException(
                    "%s is no split that ingest recorded: %s; without it, held-out examples could not be told from others"
                            .formatted(where(record), e.getMessage()),
                    e);
        }
    }

    /** Returns it, or nothing where none was recorded when it was last looked for. */
    Optional<HeldOutSplit> found() {
        return found;
    }
}
