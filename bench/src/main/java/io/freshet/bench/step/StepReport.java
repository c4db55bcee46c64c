package io.freshet.bench.step;

import io.freshet.bench.figures.Ratio;
import io.freshet.bench.figures.ReportFile;
import io.freshet.bench.figures.Spread;
import io.freshet.bench.machine.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured.
 *
 * @param threads of one operation, here and in PyTorch
 * @param clock what the seconds are: {@code elapsed}, or {@code cpu} for those spent on a processor
 * @param versions of what ran
 * @param texts what was learned from
 * @param figures one line a model, precision, contestant and way of dividing
 * @param agreements what both made of the same batch before the first step
 * @param ratios quotients of each round, and what the project aims at
 * @param remarks what was left out and why
 */
public record StepReport(
        Machine machine,
        int threads,
        String clock,
        Map<String, String> versions,
        String texts,
        int rounds,
        List<Figures> figures,
        List<Agreement> agreements,
        List<Ratio> ratios,
        List<String> remarks) {

    /**
     * Of one contestant.
     *
     * @param padding share of what was computed that is padding
     * @param stepsPerRound optimizer steps of a round
     * @param tokensPerSecond real tokens, without padding
     * @param stepMilliseconds medians of a step and its parts; the parts were measured in other steps than the whole
     */
    public record Figures(
            String model,
            String precision,
            String contestant,
            String batches,
            double padding,
            int stepsPerRound,
            Spread examplesPerSecond,
            Spread tokensPerSecond,
            Milliseconds stepMilliseconds) {

        /** Returns one line for people. */
        String line() {
            return String.format(
                    Locale.ROOT,
                    "  %-8s %-4s %-14s %4.1f %% padding %8.1f examples/s %9.0f tokens/s (%.0f to %.0f); step %.2f ms:"
                            + " data %.2f, forward %.2f, backward %.2f, optimizer %.2f",
                    contestant,
                    precision,
                    batches,
                    100 * padding,
                    examplesPerSecond.median(),
                    tokensPerSecond.median(),
                    tokensPerSecond.min(),
                    tokensPerSecond.max(),
                    stepMilliseconds.whole(),
                    stepMilliseconds.data(),
                    stepMilliseconds.forward(),
                    stepMilliseconds.backward(),
                    stepMilliseconds.optimizer());
        }
    }

    /** A step and its parts. */
    public record Milliseconds(double whole, double data, double forward, double backward, double optimizer) {}

    /** Mean cross-entropy of the first batch without dropout, nats. */
    public record Agreement(String model, String precision, double lossHere, double lossInPyTorch) {

        /** Returns one line for people. */
        String line() {
            return String.format(
                    Locale.ROOT,
                    "  %s loss of the first batch: %.6f here, %.6f in PyTorch",
                    precision,
                    lossHere,
                    lossInPyTorch);
        }
    }

    /** Writes it as JSON, replacing what was there. */
    public void write(Path file) throws IOException {
        ReportFile.write(file, this);
    }
}
