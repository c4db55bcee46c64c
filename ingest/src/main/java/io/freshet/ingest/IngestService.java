package io.freshet.ingest;

import io.freshet.core.config.CommonConfig;
import io.freshet.core.lifecycle.Service;
import io.freshet.schemas.RegistryConfig;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Admits, holds out or rejects every record of {@code examples}, exactly once. */
public final class IngestService implements Service {

    private static final Logger LOG = LoggerFactory.getLogger(IngestService.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOG_INTERVAL = Duration.ofSeconds(30);

    private final IngestConfig config;
    private final Clock clock;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch runningOrFailed = new CountDownLatch(1);
    private @Nullable KafkaStreams streams;
    private @Nullable CountsReader counts;
    private @Nullable CountsLog log;
    private @Nullable IngestCounts lastCounts;

    public IngestService(IngestConfig config) {
        this(config, Clock.systemUTC());
    }

    /** @param clock stamps the record of the split; nothing is decided by it */
    IngestService(IngestConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "ingest";
    }

    /**
     * Creates missing topics, checks the recorded split, and starts. Returns once the stores are restored and records are
     * being read.
     *
     * @throws SplitMismatchException if salt or fraction are not the recorded ones
     * @throws io.freshet.schemas.TopicMismatchException if a topic is not as the catalogue says
     */
    @Override
    public void start() {
        LOG.info("ingest starts with {}", config.settings());
        SchemaRegistry registry = SchemaRegistry.connect(
                config.settings().string(CommonConfig.REGISTRY_URL),
                config.settings().startingWith(RegistryConfig.PREFIX));
        ensureTopics();
        new SplitRecord(config, registry, clock).agree();
        KafkaStreams started =
                new KafkaStreams(new IngestTopology(config, registry).build(), IngestClients.streams(config));
        synchronized (this) {
            streams = started;
        }
        started.setUncaughtExceptionHandler(this::stopOn);
        started.setStateListener((now, before) -> {
            if (now == State.RUNNING || now == State.ERROR || now == State.NOT_RUNNING) {
                runningOrFailed.countDown();
            }
        });
        started.start();
        awaitRunning();
        synchronized (this) {
            log = new CountsLog(this::counts, LOG_INTERVAL);
        }
    }

    private void ensureTopics() {
        try (Admin admin = IngestClients.admin(config.settings())) {
            TopicCatalogue.of(config.modelName(), config.partitions()).ensure(admin);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "%s = %s does not answer; check the address and that the brokers run"
                            .formatted(
                                    CommonConfig.BOOTSTRAP_SERVERS,
                                    config.settings().string(CommonConfig.BOOTSTRAP_SERVERS)),
                    e);
        }
    }

    private void awaitRunning() {
        try {
            runningOrFailed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the stores were being restored", e);
        }
        Throwable cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("ingest stopped as it started: " + cause.getMessage(), cause);
        }
    }

    /** The transaction under way is aborted, so that a process that starts again takes up where the last one committed. */
    private StreamThreadExceptionResponse stopOn(Throwable cause) {
        failure.compareAndSet(null, cause);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    @Override
    public @Nullable Throwable failure() {
        return failure.get();
    }

    /**
     * Returns what became of the records so far, as committed and over all instances of the service; after {@link #close}
     * what it was then. Makes a round trip to Kafka.
     */
    public synchronized IngestCounts counts() {
        if (lastCounts != null) {
            return lastCounts;
        }
        if (counts == null) {
            counts = CountsReader.open(config);
        }
        return counts.read();
    }

    /**
     * Commits what was processed and stops.
     *
     * @throws IllegalStateException if it does not stop in time
     */
    @Override
    public synchronized void close() {
        if (streams == null) {
            return;
        }
        if (log != null) {
            log.close();
            log = null;
        }
        boolean closed = streams.close(CLOSE_WITHIN);
        streams = null;
        if (!closed) {
            throw new IllegalStateException(
                    "ingest did not stop within %s; what it was doing is not committed".formatted(CLOSE_WITHIN));
        }
        readLastCounts();
    }

    private synchronized void readLastCounts() {
        try (CountsReader reader = counts == null ? CountsReader.open(config) : counts) {
            lastCounts = reader.read();
            LOG.info("ingest stopped; since its first start {}", lastCounts);
        } catch (KafkaException e) {
            LOG.info("ingest stopped; its counts cannot be read now: {}", e.getMessage());
        }
        counts = null;
    }
}
