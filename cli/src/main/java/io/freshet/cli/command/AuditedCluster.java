package io.freshet.cli.command;

import io.freshet.cli.services.Workspace;
import io.freshet.cli.stream.Cluster;
import io.freshet.core.config.CommonConfig;
import io.freshet.local.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cluster whose topics are looked into: the one that is said or runs, or else an embedded one that is started on what a run
 * has left in its directory, without any service, and stopped again.
 */
final class AuditedCluster implements AutoCloseable {

    private final Map<String, String> settings;
    private final @Nullable LocalStack stack;

    private AuditedCluster(Map<String, String> settings, @Nullable LocalStack stack) {
        this.settings = Map.copyOf(settings);
        this.stack = stack;
    }

    static AuditedCluster open(ConnectionOptions connection) throws IOException {
        boolean said = connection.bootstrapServers != null
                || Addresses.find(connection.data).isPresent();
        if (said || !Files.isDirectory(connection.data.resolve("broker"))) {
            return new AuditedCluster(connection.settings(), null);
        }
        Workspace workspace = Workspace.open(connection.data);
        LocalStack stack = LocalStack.start(workspace.directory());
        try {
            Map<String, String> settings = new TreeMap<>(workspace.settings());
            settings.putAll(workspace.remembered());
            settings.putAll(connection.given());
            settings.put(CommonConfig.BOOTSTRAP_SERVERS, stack.bootstrapServers());
            settings.put(CommonConfig.REGISTRY_URL, stack.registryUrl());
            return new AuditedCluster(settings, stack);
        } catch (IOException | RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    Map<String, String> settings() {
        return settings;
    }

    Cluster cluster() {
        return ConnectionOptions.cluster(settings);
    }

    @Override
    public void close() {
        if (stack != null) {
            stack.close();
        }
    }
}
