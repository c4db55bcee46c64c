package io.freshet.evaluator.gate;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Whole numbers of 64 bits, big-endian, one behind the other. */
final class LongsSerde {

    private LongsSerde() {}

    static Serde<long[]> create() {
        return Serdes.serdeFrom((topic, longs) -> longs == null ? null : write(longs), (topic, bytes) -> {
            return bytes == null ? null : read(topic, bytes);
        });
    }

    private static byte[] write(long[] longs) {
        ByteBuffer buffer = ByteBuffer.allocate(longs.length * Long.BYTES);
        buffer.asLongBuffer().put(longs);
        return buffer.array();
    }

    private static long[] read(String topic, byte[] bytes) {
        if (bytes.length % Long.BYTES != 0) {
            throw new SerializationException(
                    "%d bytes in %s are not a whole number of 64-bit numbers".formatted(bytes.length, topic));
        }
        long[] longs = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(longs);
        return longs;
    }
}
