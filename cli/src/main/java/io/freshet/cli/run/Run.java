package io.freshet.cli.run;

import io.freshet.cli.console.Display;
import io.freshet.cli.services.ServiceKind;
import io.freshet.cli.services.SettingsForAll;
import io.freshet.cli.services.Workspace;
import io.freshet.cli.stream.ChampionFiles;
import io.freshet.cli.stream.Cluster;
import io.freshet.cli.stream.StreamView;
import io.freshet.core.config.CommonConfig;
import io.freshet.core.lifecycle.Service;
import io.freshet.core.lifecycle.ServiceGroup;
import io.freshet.ingest.IngestService;
import io.freshet.local.LocalStack;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.TopicCatalogue;
import io.freshet.trainer.TrainerConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** The main job in one process: a broker, a registry, all services, and a stream from beginning to end. */
public final class Run {

    private static final double NANOS = 1e9;

    /** Where nothing listens; takes the place of addresses while settings are checked before anything is started. */
    private static final String NOWHERE = "127.0.0.1:1";

    private final RunRequest request;
    private final Display display;
    private final BooleanSupplier interrupted;
    private final RunContext.Visitor visitor;

    /**
     * Prepares a run.
     *
     * @param interrupted asked a few times a second; true ends the run
     */
    public Run(RunRequest request, Display display, BooleanSupplier interrupted, RunContext.Visitor visitor) {
        this.request = request;
        this.display = display;
        this.interrupted = interrupted;
        this.visitor = visitor;
    }

    /**
     * Checks the settings that the run would use.
     *
     * @throws io.freshet.cli.services.UnusableSettingsException naming every problem
     */
    public void check(Workspace workspace) {
        settings(workspace, NOWHERE, "http://" + NOWHERE).check();
    }

    /**
     * Runs to the end.
     *
     * @throws RunFailedException if a service stopped, nothing moved for long, the sums are wrong, or it was interrupted
     * @throws IOException if the input cannot be read or files cannot be written
     */
    public Report execute(Workspace workspace) throws IOException {
        check(workspace);
        long start = System.nanoTime();
        if (request.model() == null) {
            display.line("making a small model of random weights");
            StartingModel.write(workspace.model(), request);
        }
        try (LocalStack stack = LocalStack.start(workspace.directory())) {
            Cluster cluster = Cluster.local(stack.bootstrapServers(), stack.registryUrl(), request.modelName());
            SettingsForAll settings = settings(workspace, stack.bootstrapServers(), stack.registryUrl());
            workspace.remember(settings);
            ensureTopics(cluster, settings);
            Map<ServiceKind, Service> services = settings.make();
            try (ServiceGroup group = new ServiceGroup(List.copyOf(services.values()))) {
                group.start();
                display.line("broker %s, registry %s; all services run"
                        .formatted(stack.bootstrapServers(), stack.registryUrl()));
                RunContext context = new RunContext(cluster, settings, display);
                visitor.started(context);
                IngestService ingest = (IngestService) services.get(ServiceKind.INGEST);
                return follow(workspace, context, group, ingest, start);
            }
        }
    }

    private Report follow(
            Workspace workspace, RunContext context, ServiceGroup group, @Nullable IngestService ingest, long start)
            throws IOException {
        if (ingest == null) {
            throw new IllegalStateException("ingest is not among the services");
        }
        try (Course course = new Course(context.cluster(), group, ingest, display, interrupted, request.ahead())) {
            course.publish(request.input());
            course.await();
            display.endProgress();
            double seconds = (System.nanoTime() - start) / NANOS;
            String championUri =
                    workspace.temporary() ? null : writeChampion(workspace, course.view(), context.settings());
            Report report =
                    ReportBuilder.build(course.view(), course.finalAccount(), course.labels(), championUri, seconds);
            visitor.ended(context, report, course.view());
            return report;
        }
    }

    private static @Nullable String writeChampion(Workspace workspace, StreamView view, SettingsForAll settings)
            throws IOException {
        ChampionUpdate champion = view.champion();
        if (champion == null) {
            return null;
        }
        ChampionFiles.write(champion, settings.values(), workspace.champion());
        return workspace.champion().toUri().toString();
    }

    private SettingsForAll settings(Workspace workspace, String bootstrapServers, String registryUrl) {
        Map<String, String> values = new TreeMap<>(workspace.settings());
        // One partition keeps the examples in the order of the file from end to end.
        values.put(CommonConfig.PARTITIONS, "1");
        // Longer than ingest takes to commit, so that no micro-batch is cut by the clock and the same file gives the
        // same
        // weights.
        values.put(TrainerConfig.BATCH_LINGER, "2000");
        if (request.model() != null) {
            values.put(TrainerConfig.MODEL, request.model().toAbsolutePath().toString());
        }
        values.putAll(request.settings());
        values.put(CommonConfig.BOOTSTRAP_SERVERS, bootstrapServers);
        values.put(CommonConfig.REGISTRY_URL, registryUrl);
        values.put(CommonConfig.MODEL_NAME, request.modelName());
        return new SettingsForAll(values);
    }

    private static void ensureTopics(Cluster cluster, SettingsForAll settings) {
        int partitions = Integer.parseInt(settings.values().getOrDefault(CommonConfig.PARTITIONS, "1"));
        try (Admin admin = Admin.create(Map.copyOf(cluster.clientSettings()))) {
            TopicCatalogue.of(cluster.modelName(), partitions).ensure(admin);
        }
    }
}
