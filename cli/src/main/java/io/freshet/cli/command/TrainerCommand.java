package io.freshet.cli.command;

import io.freshet.cli.services.ServiceKind;
import io.freshet.cli.stream.Cluster;
import io.freshet.cli.stream.ControlTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the trainer, or tells a running one to pause or to go on. */
@Command(
        name = "trainer",
        description = "Runs the trainer alone, until it is told to stop (SIGTERM) or fails; or commands a running one.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet trainer --config deploy/trainer.properties",
            "  freshet trainer pause --reason 'labels under review'",
            "  freshet trainer resume"
        })
final class TrainerCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "Properties file with the trainer's settings.")
    @Nullable
    Path config;

    @Mixin
    SettingOptions settings = new SettingOptions();

    @Override
    public Integer call() throws IOException {
        if (config == null) {
            throw new ParameterException(spec.commandLine(), "say --config FILE, or pause or resume");
        }
        return ServiceCommand.run(ServiceKind.TRAINER, config, settings.values(), spec);
    }

    @Command(name = "pause", description = "Tells the running trainer to stop learning; it keeps its place.")
    int pause(
            @Mixin ConnectionOptions connection,
            @Option(names = "--reason", description = "Why.") @Nullable String reason)
            throws IOException {
        return send("trainer.pause", connection, reason);
    }

    @Command(name = "resume", description = "Tells the paused trainer to go on where it stopped.")
    int resume(
            @Mixin ConnectionOptions connection,
            @Option(names = "--reason", description = "Why.") @Nullable String reason)
            throws IOException {
        return send("trainer.resume", connection, reason);
    }

    private int send(String command, ConnectionOptions connection, @Nullable String reason) throws IOException {
        Logs.none();
        Cluster cluster = connection.cluster();
        ControlTopic.send(cluster, command, System.getProperty("user.name", "unknown"), reason);
        spec.commandLine().getOut().println("%s sent to the trainer of %s".formatted(command, cluster.modelName()));
        return ExitCode.DONE;
    }
}
