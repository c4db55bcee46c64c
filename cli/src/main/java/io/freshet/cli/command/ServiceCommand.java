package io.freshet.cli.command;

import io.freshet.cli.services.PropertiesFile;
import io.freshet.cli.services.ServiceKind;
import io.freshet.core.lifecycle.Service;
import io.freshet.core.lifecycle.ServiceFailedException;
import io.freshet.core.lifecycle.ServiceGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs one service against any cluster until it is told to stop or fails. */
@Command(
        description = "Runs this service alone, until it is told to stop (SIGTERM) or fails.",
        footerHeading = "%nSettings are in docs/configuration.md. Example:%n",
        footer = "  freshet ${COMMAND-NAME} --config deploy/${COMMAND-NAME}.properties")
final class ServiceCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(500);

    private final ServiceKind kind;

    @Spec
    CommandSpec spec;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "Properties file with its settings.")
    Path config;

    @Mixin
    SettingOptions settings = new SettingOptions();

    ServiceCommand(ServiceKind kind) {
        this.kind = kind;
    }

    @Override
    public Integer call() throws IOException {
        return run(kind, config, settings.values(), spec);
    }

    /** Runs the service; settings given one by one go over those of the file. */
    static int run(ServiceKind kind, Path config, Map<String, String> over, CommandSpec spec) throws IOException {
        Logs.onConsole();
        Map<String, String> settings = PropertiesFile.read(config);
        settings.putAll(over);
        Service service = kind.make(settings);
        try (Shutdown shutdown = Shutdown.install();
                ServiceGroup group = new ServiceGroup(List.of(service))) {
            group.start();
            spec.commandLine().getOut().println(kind.title() + " runs");
            while (!shutdown.await(LOOK)) {
                ServiceFailedException failure = group.failure();
                if (failure != null) {
                    throw failure;
                }
            }
        }
        return ExitCode.DONE;
    }
}
