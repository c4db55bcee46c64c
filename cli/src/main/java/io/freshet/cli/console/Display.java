package io.freshet.cli.console;

import java.io.PrintWriter;

/** Where a run shows itself. Confined to one thread. */
public interface Display extends AutoCloseable {

    /** Shows a line that stays. */
    void line(String text);

    /** Shows where the run stands, instead of or after where it stood before. */
    void progress(RunProgress progress);

    /** Says that no more progress comes; lines still may. */
    void endProgress();

    @Override
    default void close() {
        endProgress();
    }

    /** Returns bars where {@code out} is a terminal that a person looks at, plain lines otherwise. */
    static Display on(PrintWriter out) {
        return Terminal.attached() ? new BarDisplay(out) : new PlainDisplay(out, System::nanoTime);
    }
}
