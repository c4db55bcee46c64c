package io.freshet.cli.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Where work that is counted shows itself. Confined to one thread. */
public interface CountDisplay extends AutoCloseable {

    /** Shows a line that stays. */
    void line(String text);

    /**
     * Shows where it stands.
     *
     * @param done of {@code total}
     * @param message a few words
     */
    void at(long done, long total, String message);

    @Override
    void close();

    /**
     * Returns a bar where {@code out} is a terminal that a person looks at, plain lines otherwise.
     *
     * @param task what is done
     * @param unit what is counted
     * @param unitSize steps that are one unit
     */
    static CountDisplay on(PrintWriter out, String task, String unit, long unitSize) {
        return Terminal.attached()
                ? new Bar(new BarBelowLines(out, task, unit, unitSize))
                : new Lines(out, task, System::nanoTime);
    }

    /** A bar that moves. */
    record Bar(BarBelowLines bar) implements CountDisplay {
        @Override
        public void line(String text) {
            bar.line(text);
        }

        @Override
        public void at(long done, long total, String message) {
            bar.at(done, total, message);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** Lines one after another; progress no more often than every half minute, and only when something moved. */
    final class Lines implements CountDisplay {

        static final Duration INTERVAL = Duration.ofSeconds(30);

        private final PrintWriter out;
        private final String task;
        private final LongSupplier nanos;
        private long next;
        private long shown;

        Lines(PrintWriter out, String task, LongSupplier nanos) {
            this.out = out;
            this.task = task;
            this.nanos = nanos;
            this.next = nanos.getAsLong() + INTERVAL.toNanos();
        }

        @Override
        public void line(String text) {
            out.println(text);
            out.flush();
        }

        @Override
        public void at(long done, long total, String message) {
            if (nanos.getAsLong() - next >= 0 && done != shown) {
                line(String.format(Locale.ROOT, "%s %.1f %% | %s", task, 100.0 * done / total, message));
                shown = done;
                next = nanos.getAsLong() + INTERVAL.toNanos();
            }
        }

        @Override
        public void close() {
            // every line is complete
        }
    }
}
