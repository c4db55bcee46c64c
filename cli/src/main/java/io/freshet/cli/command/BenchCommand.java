package io.freshet.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures. */
@Command(
        name = "bench",
        description = "Measures how fast a training step is, how much memory training keeps, and how often the tests of"
                + " promotion are wrong.",
        subcommands = {BenchStepCommand.class, BenchSoakCommand.class, BenchGateCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet bench step --model tiny --rounds 5",
            "  freshet bench soak --steps 20000",
            "  freshet bench gate --streams 200"
        })
final class BenchCommand implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what is to be measured: step, soak or gate");
    }
}
