package io.freshet.cli.console;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar that moves with the bytes; lines that stay appear above it. */
final class TransferBar implements TransferDisplay {

    private static final long MEGABYTE = 1_000_000;

    private final PrintWriter out;
    private @Nullable ProgressBar bar;

    TransferBar(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void line(String text) {
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

    @Override
    public void at(String file, long done, long total) {
        ProgressBar current = bar == null ? open() : bar;
        bar = current;
        current.maxHint(total);
        current.stepTo(done);
        current.setExtraMessage(" " + file);
    }

    private static ProgressBar open() {
        return new ProgressBarBuilder()
                .setTaskName("fetching")
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250)
                .setUnit(" MB", MEGABYTE)
                .showSpeed()
                .setSpeedUnit(ChronoUnit.SECONDS)
                .build();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
