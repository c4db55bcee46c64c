package io.freshet.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures. */
@Command(
        name = "bench",
        description = "Measures how fast a training step is, and how much memory training keeps.",
        subcommands = {BenchStepCommand.class, BenchSoakCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {"  freshet bench step --model tiny --rounds 5", "  freshet bench soak --steps 20000"})
final class BenchCommand implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what is to be measured: step or soak");
    }
}
