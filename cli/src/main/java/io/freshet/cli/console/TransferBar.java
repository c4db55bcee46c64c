package io.freshet.cli.console;

import java.io.PrintWriter;

/** A bar that moves with the bytes. */
final class TransferBar implements TransferDisplay {

    private static final long MEGABYTE = 1_000_000;

    private final BarBelowLines bar;

    TransferBar(PrintWriter out) {
        bar = new BarBelowLines(out, "fetching", " MB", MEGABYTE);
    }

    @Override
    public void line(String text) {
        bar.line(text);
    }

    @Override
    public void at(String file, long done, long total) {
        bar.at(done, total, file);
    }

    @Override
    public void close() {
        bar.close();
    }
}
