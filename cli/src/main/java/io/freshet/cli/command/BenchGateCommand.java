package io.freshet.cli.command;

import io.freshet.bench.gate.GateBench;
import io.freshet.bench.gate.GateReport;
import io.freshet.bench.gate.GateRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Simulates promotions. */
@Command(
        name = "gate",
        description = {
            "Simulates streams of 20,000 pairs of which the truth is known, and says how often and how soon the tests of"
                    + " promotion promote a candidate, or roll one back: equal and better ones, under drift, by slices, one"
                    + " after another; beside it, what a z-test does that is looked at every 200 pairs."
        },
        footerHeading = "%nExample:%n",
        footer = "  freshet bench gate --streams 1000 --report gate.json")
final class BenchGateCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(
            names = "--streams",
            paramLabel = "N",
            description = "Streams of every kind; ${DEFAULT-VALUE} if not said.",
            defaultValue = "1000")
    int streams;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of all randomness; ${DEFAULT-VALUE} if not said.",
            defaultValue = "7")
    long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads; as many as there are processors if not said. Figures don't depend on them.",
            defaultValue = "0")
    int threads;

    @Option(names = "--report", paramLabel = "FILE", description = "Where to write the report (JSON).")
    @Nullable
    Path report;

    @Override
    public Integer call() throws IOException {
        Logs.none();
        PrintWriter out = spec.commandLine().getOut();
        GateReport result = new GateBench(request(), out::println).run();
        result.lines().forEach(out::println);
        if (report != null) {
            result.write(report);
        }
        return ExitCode.DONE;
    }

    private GateRequest request() {
        try {
            return new GateRequest(
                    streams, seed, threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
