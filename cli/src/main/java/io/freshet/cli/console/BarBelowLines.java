package io.freshet.cli.console;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar on the last line of a terminal, shown once something moved; lines that stay appear above it. */
final class BarBelowLines implements AutoCloseable {

    private final PrintWriter out;
    private final String task;
    private final String unit;
    private final long unitSize;
    private @Nullable ProgressBar bar;

    /**
     * @param task what is done, in front of the bar
     * @param unit what is counted
     * @param unitSize steps that are one unit
     */
    BarBelowLines(PrintWriter out, String task, String unit, long unitSize) {
        this.out = out;
        this.task = task;
        this.unit = unit;
        this.unitSize = unitSize;
    }

    void line(String text) {
        ProgressBar current = bar;
        if (current != null) {
            current.pause();
            out.print("\r\033[K"); // the bar's line is given to the text
        }
        out.println(text);
        out.flush();
        if (current != null) {
            current.resume();
        }
    }

    /** Moves the bar, and says something behind it. */
    void at(long done, long total, String message) {
        ProgressBar current = bar == null ? open() : bar;
        bar = current;
        current.maxHint(total);
        current.stepTo(done);
        current.setExtraMessage(" " + message);
    }

    private ProgressBar open() {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250)
                .setUnit(unit, unitSize)
                .showSpeed()
                .setSpeedUnit(ChronoUnit.SECONDS)
                .build();
    }

    /** Takes the bar away; the next movement shows a new one. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
