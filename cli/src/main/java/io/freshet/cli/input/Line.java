package io.freshet.cli.input;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * One line of a file without its line feed.
 *
 * @param number from 1
 * @param bytes the line, cut to {@link Limits#RECORD_BYTES}
 * @param size bytes of the whole line
 */
@SuppressWarnings("ArrayRecordComponent") // a view of the file, never compared
record Line(long number, byte[] bytes, long size) {

    boolean cut() {
        return size > bytes.length;
    }

    boolean blank() {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Decodes UTF-8, refusing what is not. */
    String text() throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
