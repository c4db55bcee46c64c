package io.freshet.cli.console;

import java.io.PrintWriter;

/** Where the fetching of files shows itself. Confined to one thread. */
public interface TransferDisplay extends AutoCloseable {

    /** Shows a line that stays. */
    void line(String text);

    /**
     * Shows where it stands.
     *
     * @param file which is fetched
     * @param done bytes of all files that are here
     * @param total bytes of all files
     */
    void at(String file, long done, long total);

    @Override
    void close();

    /** Returns a bar where {@code out} is a terminal that a person looks at, plain lines otherwise. */
    static TransferDisplay on(PrintWriter out) {
        return Terminal.attached() ? new TransferBar(out) : new TransferLines(out, System::nanoTime);
    }
}
