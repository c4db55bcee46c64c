package io.freshet.cli.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts lines into CSV records, so that one bad record costs no more than itself: a line feed inside quotes joins lines,
 * but a quote that is never closed costs its own line only.
 */
final class CsvCutter implements AutoCloseable {

    private final LineReader lines;

    CsvCutter(LineReader lines) {
        this.lines = lines;
    }

    /** Returns the next record as one line that may contain line feeds, or null at the end. */
    @Nullable
    Line next() throws IOException {
        Line first = lines.next();
        if (first == null || !quoteOpenAfter(first.bytes(), false)) {
            return first;
        }
        List<Line> more = new ArrayList<>();
        long size = first.size();
        boolean open = true;
        while (open && more.size() < Limits.RECORD_LINES && size < Limits.RECORD_BYTES) {
            Line line = lines.next();
            if (line == null) {
                break;
            }
            more.add(line);
            size += 1 + line.size();
            open = quoteOpenAfter(line.bytes(), true);
        }
        if (open) {
            lines.pushBack(more);
            return first;
        }
        return join(first, more, size);
    }

    private static Line join(Line first, List<Line> more, long size) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(first.bytes());
        for (Line line : more) {
            bytes.write('\n');
            bytes.writeBytes(line.bytes());
        }
        return new Line(first.number(), bytes.toByteArray(), size);
    }

    /** Whether a quoted value is still open behind these bytes. A quote inside an unquoted value is an ordinary character. */
    private static boolean quoteOpenAfter(byte[] bytes, boolean openBefore) {
        boolean open = openBefore;
        boolean quotable =
                !openBefore; // at the beginning of a value, or just behind a closing quote that may be doubled
        for (byte b : bytes) {
            if (b == '"' && (open || quotable)) {
                quotable = open;
                open = !open;
            } else if (!open) {
                quotable = b == ',';
            }
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
