package io.freshet.schemas;

import java.nio.ByteBuffer;

/** Confluent's framing of a record: a zero byte, the schema's id as four bytes in big-endian order, the Avro body. */
final class WireFormat {

    static final byte MAGIC = 0;
    static final int HEADER_BYTES = 1 + Integer.BYTES;

    private WireFormat() {}

    /** Returns the header of a record written with the schema {@code id}. */
    static byte[] header(int id) {
        return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(id).array();
    }

    /** Returns the schema id of {@code value}, which has at least {@link #HEADER_BYTES} bytes. */
    static int schemaId(byte[] value) {
        return ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
    }
}
