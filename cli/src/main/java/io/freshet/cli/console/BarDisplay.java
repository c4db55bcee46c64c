package io.freshet.cli.console;

import java.io.PrintWriter;

/** A bar that moves with the examples learned from. */
final class BarDisplay implements Display {

    private final BarBelowLines bar;

    BarDisplay(PrintWriter out) {
        bar = new BarBelowLines(out, "learning", "", 1);
    }

    @Override
    public void line(String text) {
        bar.line(text);
    }

    @Override
    public void progress(RunProgress progress) {
        // What is held out, rejected or dropped needs no learning: it is done once it is ingested.
        long done = progress.ingested() - progress.toTrain() + progress.trained();
        bar.at(Math.min(done, progress.total()), progress.total(), progress.describeBriefly());
    }

    @Override
    public void endProgress() {
        bar.close();
    }
}
