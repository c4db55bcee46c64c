package io.freshet.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * A record's value with its place, as bytes:
 *
 * <pre>
 * int      partition
 * long     offset
 * short    length of the topic's name in bytes
 * bytes    topic's name, UTF-8
 * bytes    the record's value as it was received, to the end
 * </pre>
 *
 * Numbers are big-endian.
 */
record Placed(Origin origin, Bytes value) {

    static Placed of(Incoming incoming) {
        return new Placed(incoming.origin(), incoming.value());
    }

    /** Bytes that {@code head} and this take together, {@code head} in front. */
    byte[] behind(byte[] head) {
        byte[] topic = origin.topic().getBytes(StandardCharsets.UTF_8);
        byte[] received = value.get();
        return ByteBuffer.allocate(
                        head.length + Integer.BYTES + Long.BYTES + Short.BYTES + topic.length + received.length)
                .put(head)
                .putInt(origin.partition())
                .putLong(origin.offset())
                .putShort((short) topic.length) // Kafka allows 249 characters
                .put(topic)
                .put(received)
                .array();
    }

    static Placed read(ByteBuffer in) {
        int partition = in.getInt();
        long offset = in.getLong();
        byte[] topic = new byte[in.getShort()];
        in.get(topic);
        byte[] value = new byte[in.remaining()];
        in.get(value);
        return new Placed(new Origin(new String(topic, StandardCharsets.UTF_8), partition, offset), Bytes.wrap(value));
    }
}
