package io.freshet.cli.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lines one after another; progress no more often than every few seconds, and only when something changed. */
final class PlainDisplay implements Display {

    static final Duration INTERVAL = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final LongSupplier nanos;
    private long nextProgress;
    private @Nullable RunProgress shown;

    PlainDisplay(PrintWriter out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
        this.nextProgress = nanos.getAsLong() + INTERVAL.toNanos();
    }

    @Override
    public void line(String text) {
        out.println(text);
        out.flush();
    }

    @Override
    public void progress(RunProgress progress) {
        if (nanos.getAsLong() - nextProgress >= 0 && !progress.equals(shown)) {
            line(progress.describe());
            shown = progress;
            nextProgress = nanos.getAsLong() + INTERVAL.toNanos();
        }
    }

    @Override
    public void endProgress() {
        // every line is complete
    }
}
