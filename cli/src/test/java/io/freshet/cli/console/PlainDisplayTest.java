package io.freshet.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PlainDisplayTest {

    private final StringWriter written = new StringWriter();
    private final AtomicLong clock = new AtomicLong();
    private final PlainDisplay display = new PlainDisplay(new PrintWriter(written), clock::get);

    @Test
    void showsProgressEveryFewSecondsAndOnlyWhenSomethingChanged() {
        display.progress(at(1));
        assertThat(lines()).isEmpty();
        pass();
        display.progress(at(2));
        display.progress(at(3)); // too soon
        pass();
        display.progress(at(2)); // nothing new
        display.progress(at(4));
        assertThat(lines())
                .satisfiesExactly(
                        first -> assertThat(first).contains("trained 2 of 9"),
                        second -> assertThat(second).contains("trained 4 of 9"));
    }

    @Test
    void showsOtherLinesAtOnce() {
        display.line("champion 2");
        assertThat(lines()).containsExactly("champion 2");
    }

    @Test
    void saysEveryFigure() {
        assertThat(new RunProgress(2_000, 1_500, 1_400, 1_200, 1_300, 0.4567, null, 20, 2).describe())
                .isEqualTo("published 1,500 of 2,000 | ingested 1,400 | trained 1,200 of 1,300"
                        + " | prequential accuracy 0.457 (last 1,000) | labels 20 | promotions 2");
    }

    @Test
    void saysBitsPerTokenOfALanguageModel() {
        RunProgress progress = new RunProgress(2_000, 1_500, 1_400, 1_200, 1_300, 0, 4.5678, 0, 2);

        assertThat(progress.describe())
                .endsWith("trained 1,200 of 1,300 | prequential bits per token 4.568 (last 1,000) | promotions 2");
        assertThat(progress.describeBriefly()).isEqualTo("4.568 bits per token, 2 promotions");
    }

    private void pass() {
        clock.addAndGet(PlainDisplay.INTERVAL.toNanos());
    }

    private static RunProgress at(long trained) {
        return new RunProgress(10, 10, 10, trained, 9, 0.5, null, 3, 0);
    }

    private List<String> lines() {
        return written.toString().lines().toList();
    }
}
