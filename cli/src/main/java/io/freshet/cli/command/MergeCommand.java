package io.freshet.cli.command;

import io.freshet.model.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Merges an adapter into its base. */
@Command(
        name = "merge",
        description = {
            "Writes a model that was trained with low-rank adapters as one that has none: each adapter is multiplied out"
                    + " and added to the weights beside which it stood. transformers loads the result without PEFT.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet merge ./champion --out ./merged",
            "  freshet merge ./adapter --base ./bert-base-uncased --out ./merged"
        })
final class MergeCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory with adapter_config.json and adapter_model.safetensors.")
    Path directory;

    @Option(
            names = "--base",
            paramLabel = "DIR",
            description = "Directory of the model that the adapter stands beside; if not said, DIR itself where it has"
                    + " weights, else what base_model_name_or_path names.")
    @Nullable
    Path base;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write the merged model.")
    Path out;

    @Override
    public Integer call() throws IOException {
        Logs.none();
        Models.merge(directory, Optional.ofNullable(base), out);
        spec.commandLine().getOut().println("written to " + out.toAbsolutePath());
        return ExitCode.DONE;
    }
}
