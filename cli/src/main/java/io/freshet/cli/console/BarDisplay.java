package io.freshet.cli.console;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar that moves with the examples learned from; lines that stay appear above it. */
final class BarDisplay implements Display {

    private final PrintWriter out;
    private @Nullable ProgressBar bar;

    BarDisplay(PrintWriter out) {
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
    public void progress(RunProgress progress) {
        ProgressBar current = bar == null ? open() : bar;
        bar = current;
        // What is held out, rejected or dropped needs no learning: it is done once it is ingested.
        long done = progress.ingested() - progress.toTrain() + progress.trained();
        current.maxHint(progress.total());
        current.stepTo(Math.min(done, progress.total()));
        current.setExtraMessage(" " + progress.describeBriefly());
    }

    private static ProgressBar open() {
        return new ProgressBarBuilder()
                .setTaskName("learning")
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250)
                .setUnit("", 1)
                .showSpeed()
                .setSpeedUnit(ChronoUnit.SECONDS)
                .build();
    }

    @Override
    public void endProgress() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
