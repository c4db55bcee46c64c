package io.freshet.cli.command;

import io.freshet.cli.console.Display;
import io.freshet.cli.demo.DemoStream;
import io.freshet.cli.run.Report;
import io.freshet.cli.run.Run;
import io.freshet.cli.run.RunRequest;
import io.freshet.cli.services.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a generated stream through everything. */
@Command(
        name = "demo",
        description = {
            "Shows the main job on a generated stream of utterances: twelve intents, eight more from the middle on, and two"
                    + " wrong labels in a hundred. Everything runs in this process; nothing is left behind."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  freshet demo", "  freshet demo --examples 20000 --seed 4 --report demo.json"})
final class DemoCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(
            names = "--examples",
            paramLabel = "N",
            description = "How many; ${DEFAULT-VALUE} if not said.",
            defaultValue = "5000")
    long examples;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "Of the stream; ${DEFAULT-VALUE} if not said.",
            defaultValue = "1")
    long seed;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keeps everything there instead of in a temporary directory.")
    @Nullable
    Path data;

    @Option(names = "--report", paramLabel = "FILE", description = "Where to write the report (JSON).")
    @Nullable
    Path report;

    @Option(
            names = "--ahead",
            paramLabel = "N",
            description = {
                "Most examples published ahead of learning, as on a live stream: ${DEFAULT-VALUE} if not said, 0 for no limit."
                        + " Without one, early candidates use up the held-out examples of the whole file."
            },
            defaultValue = RunRequest.DEFAULT_AHEAD)
    long ahead;

    @Mixin
    SettingOptions settings = new SettingOptions();

    @Override
    public Integer call() throws IOException {
        Logs.into(data);
        RunRequest request = new RunRequest(
                () -> new DemoStream(examples, seed, Clock.systemUTC()),
                null,
                null,
                data,
                ahead,
                "freshet",
                settings.values());
        try (Shutdown shutdown = Shutdown.install();
                Workspace workspace = Workspace.open(data);
                Display display = Display.on(spec.commandLine().getOut());
                LiveQuestions questions = new LiveQuestions(seed)) {
            Report result = new Run(request, display, shutdown::requested, questions).execute(workspace);
            Summary.show(result, /* kept= */ data != null, display);
            if (report != null) {
                result.write(report);
            }
            Logs.discardTemporary();
            return ExitCode.DONE;
        }
    }
}
