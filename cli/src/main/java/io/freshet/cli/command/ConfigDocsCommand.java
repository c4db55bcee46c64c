package io.freshet.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the page that lists every setting. */
@Command(name = "config-docs", hidden = true, description = "Prints docs/configuration.md.")
final class ConfigDocsCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(ConfigDocs.page());
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }
}
