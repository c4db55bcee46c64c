package io.freshet.trainer;

import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.RejectionReason;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Makes the records of what the trainer rejects. */
final class Rejections {

    private Rejections() {}

    /**
     * Returns the rejection of {@code record}, its bytes kept.
     *
     * @param id the example's id, or null where it could not be read
     */
    static RejectedExample of(
            ConsumerRecord<byte[], byte[]> record, RejectionReason reason, String detail, @Nullable String id) {
        byte @Nullable [] value = record.value();
        RejectedExample.Builder rejection = RejectedExample.newBuilder()
                .setOriginal(ByteBuffer.wrap(value == null ? new byte[0] : value))
                .setTopic(record.topic())
                .setPartition(record.partition())
                .setOffset(record.offset())
                .setReason(reason.code())
                .setDetail(detail)
                .setRejectedBy("trainer")
                .setTime(Instant.ofEpochMilli(record.timestamp()));
        if (id != null) {
            rejection.setId(id);
        }
        return rejection.build();
    }
}
