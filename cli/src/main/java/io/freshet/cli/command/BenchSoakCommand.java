package io.freshet.cli.command;

import io.freshet.bench.soak.SoakBench;
import io.freshet.bench.soak.SoakReport;
import io.freshet.bench.soak.SoakRequest;
import io.freshet.cli.services.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Watches memory. */
@Command(
        name = "soak",
        description = {
            "Trains for long on batches of varying length and watches what of the process is resident in memory. Says whether"
                    + " the second half of the curve is flat. The limit of Java's heap is the launcher's: FRESHET_HEAP."
        },
        footerHeading = "%nExample:%n",
        footer = "  FRESHET_HEAP=256m freshet bench soak --steps 20000 --threads 1 --report soak.json")
final class BenchSoakCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "How many; ${DEFAULT-VALUE} if not said.",
            defaultValue = "20000")
    long steps;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "How often memory is read; ${DEFAULT-VALUE} if not said.",
            defaultValue = "200")
    int samples;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "A Hugging Face directory; 2 layers of 128 with random weights if not said.")
    @Nullable
    Path model;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of one operation; half of the processors if not said.",
            defaultValue = "0")
    int threads;

    @Option(names = "--report", paramLabel = "FILE", description = "Where to write the report (JSON).")
    @Nullable
    Path report;

    @Override
    public Integer call() throws IOException {
        Logs.none();
        SoakRequest request = request();
        try (Workspace scratch = Workspace.open(null)) {
            SoakReport result = new SoakBench(
                            request, scratch.directory(), spec.commandLine().getOut()::println)
                    .run();
            spec.commandLine().getOut().println(result.line());
            if (report != null) {
                result.write(report);
            }
        }
        return ExitCode.DONE;
    }

    private SoakRequest request() {
        try {
            return new SoakRequest(steps, samples, model, threads);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
