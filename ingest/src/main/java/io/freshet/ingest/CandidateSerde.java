package io.freshet.ingest;

import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.UndecodableRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;

/**
 * Candidates on their way through an internal topic: the original bytes behind a header that says where they came from.
 *
 * <pre>
 * byte     version, 1
 * int      partition
 * long     offset
 * short    length of the topic's name in bytes
 * bytes    topic's name, UTF-8
 * bytes    the record's value as it was received, to the end
 * </pre>
 *
 * Numbers are big-endian. The example itself is not in there: it is decoded from the value again.
 */
final class CandidateSerde {

    private static final byte VERSION = 1;

    private CandidateSerde() {}

    static Serde<Candidate> of(RecordDecoder<LabeledExample> decoder) {
        return Serdes.serdeFrom(
                (topic, candidate) -> candidate == null ? null : write(candidate),
                (topic, bytes) -> bytes == null ? null : read(bytes, decoder));
    }

    private static byte[] write(Candidate candidate) {
        Origin origin = candidate.origin();
        byte[] topic = origin.topic().getBytes(StandardCharsets.UTF_8);
        byte[] value = candidate.value().get();
        return ByteBuffer.allocate(1 + Integer.BYTES + Long.BYTES + Short.BYTES + topic.length + value.length)
                .put(VERSION)
                .putInt(origin.partition())
                .putLong(origin.offset())
                .putShort((short) topic.length) // Kafka allows 249 characters
                .put(topic)
                .put(value)
                .array();
    }

    private static Candidate read(byte[] bytes, RecordDecoder<LabeledExample> decoder) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte version = in.get();
        if (version != VERSION) {
            throw new SerializationException(
                    "an internal record has version %d, not %d; run one release of ingest at a time, or reset its application"
                            .formatted(version, VERSION));
        }
        int partition = in.getInt();
        long offset = in.getLong();
        byte[] topic = new byte[in.getShort()];
        in.get(topic);
        byte[] value = new byte[in.remaining()];
        in.get(value);
        Origin origin = new Origin(new String(topic, StandardCharsets.UTF_8), partition, offset);
        try {
            return new Candidate(origin, Bytes.wrap(value), decoder.decode(value));
        } catch (UndecodableRecordException e) {
            throw new SerializationException("%s was readable before and is not any more".formatted(origin), e);
        }
    }
}
