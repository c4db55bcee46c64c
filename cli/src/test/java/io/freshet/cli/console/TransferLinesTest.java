package io.freshet.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TransferLinesTest {

    private final StringWriter written = new StringWriter();
    private final AtomicLong clock = new AtomicLong();
    private final TransferLines display = new TransferLines(new PrintWriter(written), clock::get);

    @Test
    void showsWhereItStandsEveryFewSeconds() {
        display.at("config.json", 1, 10);
        pass();
        display.at("model.safetensors", 1_250_000, 440_000_000);
        display.at("model.safetensors", 1_300_000, 440_000_000); // too soon
        pass();
        display.at("model.safetensors", 220_000_000, 440_000_000);
        assertThat(written.toString().lines())
                .containsExactly(
                        "fetched %.1f of %.1f MB | model.safetensors".formatted(1.25, 440.0),
                        "fetched %.1f of %.1f MB | model.safetensors".formatted(220.0, 440.0));
    }

    @Test
    void showsOtherLinesAtOnce() {
        display.line("trying again");
        assertThat(written.toString().lines()).containsExactly("trying again");
    }

    private void pass() {
        clock.addAndGet(PlainDisplay.INTERVAL.toNanos());
    }
}
