package io.freshet.evaluator.gate;

import io.freshet.core.lifecycle.Service;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;

/** Runs the gate: follows checkpoints, scores and held-out examples, and publishes trials, pairs, evaluations, champions. */
public final class GateService implements Service {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final GateConfig config;
    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile @Nullable KafkaStreams streams;
    private volatile @Nullable Throwable failure;

    public GateService(GateConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "gate";
    }

    /**
     * Returns once the gate's task is running.
     *
     * @throws io.freshet.schemas.TopicMismatchException if a topic is not as the catalogue says
     * @throws IllegalStateException if it does not run within 90 seconds
     */
    @Override
    public void start() {
        try (Admin admin = Admin.create(adminSettings())) {
            TopicCatalogue.of(config.modelName(), config.partitions()).ensure(admin);
        }
        SchemaRegistry registry = SchemaRegistry.connect(config.registryUrl(), config.given());
        GateTopology topology = new GateTopology(
                config.modelName(), config.policy(), config.evaluationEvery(), config.commandCheck(), registry);
        KafkaStreams created = new KafkaStreams(topology.build(), streamsSettings());
        streams = created;
        created.setUncaughtExceptionHandler(e -> {
            failure = e;
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        created.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING || now == KafkaStreams.State.ERROR) {
                settled.countDown();
            }
        });
        created.start();
        awaitRunning(created);
    }

    @Override
    public @Nullable Throwable failure() {
        return failure;
    }

    @Override
    public void close() {
        KafkaStreams running = streams;
        if (running != null && !running.close(STOP)) {
            throw new IllegalStateException("the gate did not stop within %s".formatted(STOP));
        }
    }

    private void awaitRunning(KafkaStreams started) {
        try {
            boolean inTime = settled.await(START.toMillis(), TimeUnit.MILLISECONDS);
            if (!inTime || started.state() == KafkaStreams.State.ERROR) {
                throw new IllegalStateException(
                        "the gate is %s instead of running after at most %s".formatted(started.state(), START),
                        failure);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the gate started", e);
        }
    }

    private Map<String, Object> adminSettings() {
        Map<String, Object> settings = new TreeMap<>(config.passThrough("admin."));
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        return settings;
    }

    private Properties streamsSettings() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitIntervalMillis());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDirectory());
        // Scores, arrivals and checkpoints may come in any order: waiting for the other topics would only delay a
        // decision.
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), config.instance());
        settings.putAll(config.passThrough("streams."));
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.modelName() + ".gate");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        return settings;
    }
}
