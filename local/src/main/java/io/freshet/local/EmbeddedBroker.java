package io.freshet.local;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/** A Kafka broker inside this JVM; its directory outlives it. Listens on 127.0.0.1 alone. */
public final class EmbeddedBroker implements AutoCloseable {

    private static final int ATTEMPTS = 5;

    private final KafkaRaftServer server;
    private final DirectoryLock lock;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, DirectoryLock lock, int port) {
        this.server = server;
        this.lock = lock;
        this.port = port;
    }

    /** Starts a broker on free ports; see {@link #start(Path, int, int)}. */
    public static EmbeddedBroker start(Path directory) {
        return start(directory, 0, 0);
    }

    /**
     * Starts a broker, which is ready when this returns. A directory that a broker used before, however that ended, is
     * taken up with all its records.
     *
     * @param port where clients connect; 0 for a free one
     * @param controllerPort 0 for a free one
     * @throws LocalStackException if another broker has the directory, a port is taken or the files are unusable
     */
    public static EmbeddedBroker start(Path directory, int port, int controllerPort) {
        try {
            FreePorts.check(port);
            FreePorts.check(controllerPort);
            DirectoryLock lock = DirectoryLock.take(directory);
            try {
                return start(directory, lock, port, controllerPort);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (LocalStackException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new LocalStackException(
                    "the broker does not start in %s: %s; choose other ports (0 takes free ones) or another directory"
                            .formatted(directory, e.getMessage()),
                    e);
        }
    }

    /** Tries again where a free port was taken by somebody else between its choice and its use. */
    private static EmbeddedBroker start(Path directory, DirectoryLock lock, int port, int controllerPort)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            List<Integer> free = FreePorts.find(2);
            int clients = port == 0 ? free.get(0) : port;
            int controller = controllerPort == 0 ? free.get(1) : controllerPort;
            try {
                return new EmbeddedBroker(launch(directory, clients, controller), lock, clients);
            } catch (RuntimeException e) {
                if (!(root(e) instanceof BindException) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static KafkaRaftServer launch(Path directory, int port, int controllerPort) throws IOException {
        Properties properties = BrokerProperties.of(directory, port, controllerPort);
        BrokerStorage.formatIfNew(directory, properties);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        try {
            server.startup();
            return server;
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
    }

    /** Returns the address for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Stops the broker and returns when its files are closed. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        try {
            lock.close();
        } catch (IOException e) {
            throw new LocalStackException("the lock of the broker's directory cannot be released: " + e, e);
        }
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
