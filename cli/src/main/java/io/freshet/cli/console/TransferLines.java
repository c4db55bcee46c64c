package io.freshet.cli.console;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/** Lines one after another, no more often than every few seconds. */
final class TransferLines implements TransferDisplay {

    private final PrintWriter out;
    private final LongSupplier nanos;
    private long next;

    TransferLines(PrintWriter out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
        this.next = nanos.getAsLong() + PlainDisplay.INTERVAL.toNanos();
    }

    @Override
    public void line(String text) {
        out.println(text);
        out.flush();
    }

    @Override
    public void at(String file, long done, long total) {
        if (nanos.getAsLong() - next >= 0) {
            line("fetched %.1f of %.1f MB | %s".formatted(done / 1e6, total / 1e6, file));
            next = nanos.getAsLong() + PlainDisplay.INTERVAL.toNanos();
        }
    }

    @Override
    public void close() {
        // every line is complete
    }
}
