package io.freshet.ingest;

import io.freshet.ingest.admission.Rejection;
import io.freshet.ingest.labels.Standing;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.RejectionReason;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes down records that were not admitted. */
final class RejectedRecords {

    private static final String BY = "ingest";

    private RejectedRecords() {}

    static RejectedExample of(Candidate candidate, Rejection rejection, long timestamp) {
        return of(
                candidate.origin(),
                candidate.value().get(),
                rejection,
                candidate.example().getId(),
                timestamp);
    }

    /**
     * @param id the example's id where it could be read
     * @param timestamp when the broker appended the record, milliseconds since the epoch
     */
    static RejectedExample of(Origin origin, byte[] value, Rejection rejection, @Nullable String id, long timestamp) {
        return RejectedExample.newBuilder()
                .setOriginal(ByteBuffer.wrap(value))
                .setTopic(origin.topic())
                .setPartition(origin.partition())
                .setOffset(origin.offset())
                .setReason(rejection.reason().code())
                .setDetail(rejection.detail())
                .setId(id)
                .setRejectedBy(BY)
                .setTime(Instant.ofEpochMilli(timestamp))
                .build();
    }

    /** An example whose label did not come, or a label whose example did not. */
    static RejectedExample expired(String id, Held held) {
        long waited = held.deadline() - held.standing().since();
        boolean label = held.standing() instanceof Standing.Early;
        Rejection rejection = label
                ? new Rejection(
                        RejectionReason.LABEL_UNMATCHED,
                        "no example with this id came within ingest.labels.wait.ms = %d of its label, or it had left when the label came; send both sooner, or raise that"
                                .formatted(waited))
                : new Rejection(
                        RejectionReason.LABEL_EXPIRED,
                        "no label came within ingest.labels.wait.ms = %d; send it sooner, or raise that"
                                .formatted(waited));
        return of(
                held.record().origin(),
                held.record().value().get(),
                rejection,
                id,
                held.standing().since());
    }

    /** Returns the key of such a record: the example's id, or where it was received. */
    static String key(RejectedExample rejected) {
        String id = rejected.getId();
        return id == null || id.isBlank()
                ? new Origin(rejected.getTopic(), rejected.getPartition(), rejected.getOffset()).toString()
                : id;
    }

    /** A value so large that writing it again, a little more around it, might be refused: only its beginning is kept. */
    static RejectedExample tooLarge(Origin origin, byte[] value, int maxBytes, long timestamp) {
        Rejection rejection = new Rejection(
                RejectionReason.RECORD_TOO_LARGE,
                "the value has %d bytes, more than ingest.record.max.bytes = %d; only the first %d are kept here, all are at %s"
                        .formatted(value.length, maxBytes, maxBytes, origin));
        return of(origin, Arrays.copyOf(value, maxBytes), rejection, null, timestamp);
    }
}
