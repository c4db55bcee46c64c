package io.freshet.client;

import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A live model inside an application: follows the topic {@code champions}, loads each new champion beside the one that
 * answers, and swaps it in without a request failing.
 *
 * <p>Starting returns at once. The champion served last on this machine is served again from the cache directory, without
 * Kafka or the store; then the newest one of the log. While Kafka, the registry or the store is away, or a champion cannot
 * be loaded, the model served stays, listeners are told, and it is tried again. Sequence numbers only grow, but for a
 * record that says it is a rollback; numbers may be skipped. A champion that is a language model cannot be loaded, as it gives no
 * labels. Thread-safe.
 */
public final class ModelUpdates implements AutoCloseable {

    private static final Duration CLOSE_POLITELY = Duration.ofSeconds(10);
    private static final Duration CLOSE_AT_ALL = Duration.ofSeconds(20);

    private final Swappable<LoadedModel> models = new Swappable<>(LoadedModel::release);
    private final Listeners listeners;
    private final UpdateStatus status;
    private final UpdateLoop loop;
    private final Thread thread;

    private ModelUpdates(ModelUpdatesConfig config, ModelOpener opener, List<UpdateListener> first) {
        this.listeners = new Listeners(first);
        this.status = new UpdateStatus(Topic.CHAMPIONS.of(config.modelName()));
        SchemaRegistry registry = SchemaRegistry.connect(config.registryUrl(), config.all());
        ModelCache cache = new ModelCache(config.cache());
        ChampionLoader loader = new ChampionLoader(cache, new StoreSource(config.store(), config.all()), opener);
        this.loop = new UpdateLoop(
                config,
                () -> new ChampionLog(config, registry),
                loader,
                new KeptChampions(cache),
                models,
                status,
                listeners,
                System::nanoTime);
        this.thread = new Thread(loop, "freshet-updates-" + config.modelName());
        thread.setDaemon(true);
    }

    /** Returns a builder, for settings from code. */
    public static ModelUpdatesBuilder builder() {
        return new ModelUpdatesBuilder();
    }

    /**
     * Starts to follow, with settings from a file or map.
     *
     * @param settings keys of {@link ModelUpdatesConfig#DEFINITION}, and {@code consumer.*} for the Kafka consumer
     * @param listeners told from the first update on
     * @throws io.freshet.core.config.ConfigException naming every unusable setting at once
     */
    public static ModelUpdates start(Map<String, String> settings, UpdateListener... listeners) {
        ModelUpdatesConfig config = ModelUpdatesConfig.from(settings);
        return start(config, new ClassifierOpener(config.model()), List.of(listeners));
    }

    static ModelUpdates start(ModelUpdatesConfig config, ModelOpener opener, List<UpdateListener> listeners) {
        ModelUpdates updates = new ModelUpdates(config, opener, listeners);
        updates.thread.start();
        return updates;
    }

    /**
     * Returns what answers with the model that is current when a request begins. Closing it closes only itself; closing
     * these updates ends it too.
     */
    public TextClassifier classifier() {
        return new TextClassifier(models, status::unavailable, () -> {});
    }

    /** Returns the model that answers now; empty before the first and after {@code close}. */
    public Optional<ServedModel> current() {
        return models.peek().map(LoadedModel::served);
    }

    /** Returns what failed last and has not been made good since: the reason why {@link #current} may be old. */
    public Optional<UpdateFailure> failure() {
        return status.failure();
    }

    /** Adds a listener, told of what happens from now on. */
    public void addListener(UpdateListener listener) {
        listeners.add(listener);
    }

    /**
     * Waits until there is a model that answers; it may be the one of the cache.
     *
     * @throws ModelUnavailableException if there is none after {@code longest}, with what failed last
     */
    public ServedModel awaitFirst(Duration longest) throws InterruptedException {
        return status.await(Long.MIN_VALUE, longest);
    }

    /**
     * Waits until the champion with that number, or a later one, answers.
     *
     * @throws ModelUnavailableException if it does not after {@code longest}, with what failed last
     */
    public ServedModel awaitSequence(long sequence, Duration longest) throws InterruptedException {
        return status.await(sequence, longest);
    }

    /**
     * Stops following. Requests in progress end normally, and the model's memory is freed after the last of them; later
     * requests fail with {@link ModelUnavailableException}. Idempotent.
     */
    @Override
    public void close() {
        loop.stop();
        models.close();
        try {
            if (Thread.currentThread() != thread) { // a listener may close
                thread.join(CLOSE_POLITELY.toMillis());
                if (thread.isAlive()) {
                    thread.interrupt(); // ends a fetch; what was fetched so far is dropped
                    thread.join(CLOSE_AT_ALL.toMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
