package io.freshet.local;

import io.freshet.local.registry.RegistryServer;
import java.nio.file.Path;

/** A broker and a schema registry on 127.0.0.1, inside this JVM; started again on the same directory they go on. */
public final class LocalStack implements AutoCloseable {

    private final EmbeddedBroker broker;
    private final RegistryServer registry;

    private LocalStack(EmbeddedBroker broker, RegistryServer registry) {
        this.broker = broker;
        this.registry = registry;
    }

    /** Starts both on free ports; see {@link #start(Path, Ports)}. */
    public static LocalStack start(Path dataDirectory) {
        return start(dataDirectory, Ports.FREE);
    }

    /**
     * Starts both; they are ready when this returns.
     *
     * @param dataDirectory made if it is not there; one stack at a time
     * @throws LocalStackException if the directory is in use or a port is taken
     */
    public static LocalStack start(Path dataDirectory, Ports ports) {
        EmbeddedBroker broker =
                EmbeddedBroker.start(dataDirectory.resolve("broker"), ports.broker(), ports.controller());
        try {
            return new LocalStack(broker, RegistryServer.start(broker.bootstrapServers(), ports.registry()));
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public String registryUrl() {
        return registry.url();
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }
}
