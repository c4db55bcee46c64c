package io.freshet.cli.command;

import io.freshet.cli.console.Display;
import io.freshet.cli.input.InputFile;
import io.freshet.cli.run.Report;
import io.freshet.cli.run.Run;
import io.freshet.cli.run.RunContext;
import io.freshet.cli.run.RunRequest;
import io.freshet.cli.services.Workspace;
import io.freshet.core.config.ModelSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a file through everything, in this process. */
@Command(
        name = "run",
        description = {
            "Learns from a file of texts: starts a broker, a registry and all services in this process,"
                    + " publishes the examples in order, waits until each is learned from and every candidate is decided or"
                    + " out of examples, and writes a report."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet run --input examples.jsonl --report report.json",
            "  freshet run --input data_full.json --split train --shuffle 7 --data ./kept",
            "  freshet run --input train.csv --model ./my-bert --set learning.rate=3e-5",
            "  freshet run --input mails.txt --objective masked-lm --model ./my-bert --data ./adapted"
        })
final class RunCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    InputOptions input = new InputOptions();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "Hugging Face directory to start from; without it the small pretrained encoder that comes with"
                            + " Freshet, or a small GPT-2 of random weights for --objective causal-lm.")
    @Nullable
    Path model;

    @Option(
            names = "--vocab",
            paramLabel = "FILE",
            description =
                    "Starts from a small model of random weights instead, its word pieces cut from this vocab.txt.")
    @Nullable
    Path vocabulary;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory in which everything is kept; without it a temporary one is used and removed.")
    @Nullable
    Path data;

    @Option(
            names = "--model-name",
            paramLabel = "NAME",
            description = "Prefix of the topics.",
            defaultValue = "freshet")
    String modelName;

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
        Map<String, String> values = input.settled(settings.values());
        InputFile file = input.file(values.getOrDefault(ModelSettings.OBJECTIVE, ModelSettings.CLASSIFICATION));
        RunRequest request =
                new RunRequest(() -> file.open(Clock.systemUTC()), model, vocabulary, data, ahead, modelName, values);
        file.open(Clock.systemUTC()).close(); // an input that cannot be used is said before anything is started
        try (Shutdown shutdown = Shutdown.install();
                Workspace workspace = Workspace.open(data);
                Display display = Display.on(spec.commandLine().getOut())) {
            if (workspace.used()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--data %s holds a run already; name another directory, or go on there with 'freshet up' and 'freshet produce'"
                                .formatted(data));
            }
            Report result =
                    new Run(request, display, shutdown::requested, new RunContext.Visitor() {}).execute(workspace);
            Summary.show(result, /* kept= */ data != null, display);
            if (report != null) {
                result.write(report);
            }
            Logs.discardTemporary();
            return ExitCode.DONE;
        }
    }
}
