package io.freshet.cli.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts bytes into lines; a line can be pushed back. A byte order mark at the beginning is skipped. */
final class LineReader implements AutoCloseable {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final InputStream stream;
    private final Deque<Line> pushedBack = new ArrayDeque<>();
    private long number;

    /**
     * Reads from a stream.
     *
     * @param stream buffered; closed with the reader
     */
    LineReader(InputStream stream) throws IOException {
        this.stream = stream;
        stream.mark(BYTE_ORDER_MARK.length);
        for (byte expected : BYTE_ORDER_MARK) {
            if ((byte) stream.read() != expected) {
                stream.reset();
                break;
            }
        }
    }

    /** Returns the next line, or null at the end of the file. */
    @Nullable
    Line next() throws IOException {
        if (!pushedBack.isEmpty()) {
            return pushedBack.pop();
        }
        int read = stream.read();
        if (read < 0) {
            return null;
        }
        ByteArrayOutputStream kept = new ByteArrayOutputStream(256);
        long size = 0;
        while (read >= 0 && read != '\n') {
            if (kept.size() < Limits.RECORD_BYTES) {
                kept.write(read);
            }
            size++;
            read = stream.read();
        }
        return new Line(++number, kept.toByteArray(), size);
    }

    /** Returns lines that were read ahead, so that {@link #next} gives them again in the same order. */
    void pushBack(List<Line> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            pushedBack.push(lines.get(i));
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
