package io.freshet.trainer;

import io.freshet.core.lifecycle.Service;
import io.freshet.core.store.CheckpointStore;
import io.freshet.core.store.CheckpointStores;
import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Topic;
import io.freshet.schemas.TopicCatalogue;
import io.freshet.schemas.TrainingMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trainer: learns from {@code examples.train} and publishes checkpoints. One thread trains; one a model and a process.
 *
 * <p>The newest manifest is the truth: after any error of Kafka or the store the weights in memory are dropped and training
 * goes on from it, which takes the steps behind it again. A trainer that was fenced by a newer one stops.
 */
public final class TrainerService implements Service {

    private static final Logger log = LoggerFactory.getLogger(TrainerService.class);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);

    private final TrainerConfig config;
    private final Time time;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile Progress progress = Progress.NONE;
    private volatile @Nullable Throwable failure;
    private @Nullable Thread thread;

    public TrainerService(TrainerConfig config) {
        this(config, Time.SYSTEM);
    }

    TrainerService(TrainerConfig config, Time time) {
        this.config = config;
        this.time = time;
    }

    @Override
    public String name() {
        return "trainer";
    }

    /** Returns once the newest checkpoint is loaded and its offsets are found, which at the first start includes the genesis. */
    @Override
    public synchronized void start() {
        if (thread != null) {
            throw new IllegalStateException("the trainer was started before; make another one");
        }
        thread = new Thread(this::work, "freshet-trainer");
        thread.start();
        try {
            ready.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainerStoppedException("interrupted while the trainer was starting", e);
        }
    }

    /** Returns where training stands; safe from any thread. */
    public Progress progress() {
        return progress;
    }

    @Override
    public @Nullable Throwable failure() {
        return failure;
    }

    /** Stops after the current micro-batch and publishes what was learned. */
    @Override
    public synchronized void close() {
        stopping.countDown();
        if (thread != null) {
            if (!ready.isDone()) {
                thread.interrupt(); // it may be waiting for a broker or a registry that is not there
            }
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void work() {
        try {
            SchemaRegistry registry = SchemaRegistry.connect(config.registryUrl(), config.registrySettings());
            Clients clients = new Clients(config);
            try (Admin admin = clients.admin()) {
                TopicCatalogue.of(config.modelName(), config.partitions()).ensure(admin);
            }
            try (CheckpointStore store = CheckpointStores.open(config.store(), config.given())) {
                trainUntilStopped(clients, new RunOpener(config, store, registry, time), registry);
            }
        } catch (IOException | RuntimeException | Error e) {
            TrainerStoppedException stopped = Trouble.stop(e, config.identity());
            failure = stopped;
            if (!ready.completeExceptionally(stopped)) {
                log.error("{}", stopped.getMessage(), e);
            }
        }
    }

    private void trainUntilStopped(Clients clients, RunOpener opener, SchemaRegistry registry) throws IOException {
        int failures = 0;
        while (stopping.getCount() > 0) {
            Progress before = progress;
            try {
                train(clients, opener, registry);
            } catch (IOException | RuntimeException e) {
                failures = progress.checkpoint().equals(before.checkpoint()) ? failures + 1 : 1;
                if (!ready.isDone() || Trouble.of(e) != Trouble.RELOAD) {
                    throw e;
                }
                if (failures > config.restarts()) {
                    throw new TrainerStoppedException(
                            "%d tries in a row ended without a checkpoint, which is more than %s = %d allows; the last error: %s"
                                    .formatted(failures, TrainerConfig.RESTARTS, config.restarts(), e),
                            e);
                }
                log.warn("dropping the weights and going on from the newest checkpoint (try {})", failures, e);
                backOff(failures);
            }
        }
    }

    private void train(Clients clients, RunOpener opener, SchemaRegistry registry) throws IOException {
        try (KafkaProducer<String, byte[]> producer = clients.transactional();
                KafkaConsumer<byte[], byte[]> consumer = clients.consumer();
                KafkaConsumer<byte[], byte[]> control = clients.consumer();
                KafkaConsumer<byte[], byte[]> split = clients.consumer();
                KafkaConsumer<byte[], byte[]> champions = clients.consumer();
                MetricsPublisher metrics = new MetricsPublisher(
                        clients.plain(),
                        config.topic(Topic.TRAINING_METRICS),
                        AvroSerde.of(TrainingMetrics.class, registry).serializer())) {
            producer.initTransactions();
            Telemetry telemetry =
                    new Telemetry(progress, now -> progress = now, metrics::publish, config.metricsEvery(), time);
            try (TrainingRun run =
                    opener.open(producer, new RunOpener.Consumers(consumer, control, split, champions), telemetry)) {
                ready.complete(null);
                run.run(() -> stopping.getCount() == 0);
            }
        }
    }

    private void backOff(int failures) {
        long millis = Math.min(LONGEST_BACKOFF.toMillis(), 100L << Math.min(failures, 10));
        try {
            if (stopping.await(millis, TimeUnit.MILLISECONDS)) {
                log.info("stopped while waiting to try again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
