package io.freshet.cli.command;

import io.freshet.cli.services.ServiceKind;
import io.freshet.cli.services.SettingsForAll;
import io.freshet.cli.services.Workspace;
import io.freshet.core.config.CommonConfig;
import io.freshet.core.lifecycle.Service;
import io.freshet.core.lifecycle.ServiceFailedException;
import io.freshet.core.lifecycle.ServiceGroup;
import io.freshet.local.LocalStack;
import io.freshet.local.Ports;
import io.freshet.model.ModelShape;
import io.freshet.model.Models;
import io.freshet.model.text.WordPieces;
import io.freshet.schemas.TopicCatalogue;
import io.freshet.trainer.TrainerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Keeps an embedded stack running. */
@Command(
        name = "up",
        description = {
            "Starts a broker and a schema registry on 127.0.0.1 in this process, makes sure that the topics exist, prints the"
                    + " addresses, and stays up until it is told to stop. Other commands find it through its directory."
                    + " Started again on the same directory it goes on."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet up --services",
            "  freshet up --data /var/tmp/freshet --broker-port 9092 --registry-port 8081"
        })
final class UpCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final long SEED = 17;

    @Spec
    CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept; ${DEFAULT-VALUE} if not said.",
            defaultValue = Addresses.DEFAULT_DATA)
    Path data;

    @Option(names = "--broker-port", paramLabel = "PORT", description = "A free one if not said.", defaultValue = "0")
    int brokerPort;

    @Option(names = "--registry-port", paramLabel = "PORT", description = "A free one if not said.", defaultValue = "0")
    int registryPort;

    @Option(
            names = "--model-name",
            paramLabel = "NAME",
            description = "Prefix of the topics; as before on this directory, freshet on a new one.")
    @Nullable
    String modelName;

    @Option(names = "--services", description = "Runs ingest, trainer, gate and scorer here too.")
    boolean services;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "Hugging Face directory that --services start from; without it a small BERT of random weights.")
    @Nullable
    Path model;

    @Mixin
    SettingOptions settings = new SettingOptions();

    @Override
    public Integer call() throws IOException {
        Logs.into(data);
        PrintWriter out = spec.commandLine().getOut();
        try (Shutdown shutdown = Shutdown.install();
                Workspace workspace = Workspace.open(data);
                LocalStack stack = LocalStack.start(workspace.directory(), new Ports(brokerPort, 0, registryPort))) {
            SettingsForAll all = settings(workspace, stack);
            all.check();
            workspace.remember(all);
            ensureTopics(all);
            try (ServiceGroup group = new ServiceGroup(services ? started(workspace, all) : List.of())) {
                group.start();
                Addresses.write(workspace.directory(), connection(all));
                connection(all).forEach((key, value) -> out.println(key + "=" + value));
                out.println(services ? "all services run; stop with Ctrl-C" : "up; stop with Ctrl-C");
                stay(shutdown, group);
            } finally {
                Addresses.remove(workspace.directory());
            }
        }
        return ExitCode.DONE;
    }

    private SettingsForAll settings(Workspace workspace, LocalStack stack) throws IOException {
        Map<String, String> values = new TreeMap<>(workspace.settings());
        if (model != null) {
            values.put(TrainerConfig.MODEL, model.toAbsolutePath().toString());
        }
        values.putAll(workspace.remembered());
        values.putAll(settings.values());
        values.put(CommonConfig.BOOTSTRAP_SERVERS, stack.bootstrapServers());
        values.put(CommonConfig.REGISTRY_URL, stack.registryUrl());
        if (modelName != null) {
            values.put(CommonConfig.MODEL_NAME, modelName);
        }
        values.putIfAbsent(CommonConfig.MODEL_NAME, "freshet");
        values.putIfAbsent(CommonConfig.PARTITIONS, "2");
        return new SettingsForAll(values);
    }

    /** What another process needs to work on this stack. */
    private static Map<String, String> connection(SettingsForAll all) {
        Map<String, String> connection = new TreeMap<>();
        for (String key : List.of(
                CommonConfig.BOOTSTRAP_SERVERS,
                CommonConfig.REGISTRY_URL,
                CommonConfig.MODEL_NAME,
                CommonConfig.STORE,
                CommonConfig.PARTITIONS)) {
            connection.put(key, all.values().getOrDefault(key, ""));
        }
        return connection;
    }

    private static void ensureTopics(SettingsForAll all) {
        Map<String, String> connection = connection(all);
        try (Admin admin = Admin.create(
                Map.of(CommonConfig.BOOTSTRAP_SERVERS, connection.getOrDefault(CommonConfig.BOOTSTRAP_SERVERS, "")))) {
            TopicCatalogue.of(
                            connection.getOrDefault(CommonConfig.MODEL_NAME, ""),
                            Integer.parseInt(connection.getOrDefault(CommonConfig.PARTITIONS, "2")))
                    .ensure(admin);
        }
    }

    /** Makes the services, and the model they start from at the very first start. */
    private List<Service> started(Workspace workspace, SettingsForAll all) throws IOException {
        if (model == null && !Files.exists(workspace.model().resolve("config.json"))) {
            Models.initialise(workspace.model(), ModelShape.SMALL, WordPieces.bertBaseUncased(), SEED);
        }
        Map<ServiceKind, Service> made = all.make();
        return List.copyOf(made.values());
    }

    private static void stay(Shutdown shutdown, ServiceGroup group) {
        while (!shutdown.await(LOOK)) {
            ServiceFailedException failure = group.failure();
            if (failure != null) {
                throw failure;
            }
        }
    }
}
