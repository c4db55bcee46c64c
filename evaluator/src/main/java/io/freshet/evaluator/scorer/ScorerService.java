package io.freshet.evaluator.scorer;

import io.freshet.core.lifecycle.Service;
import io.freshet.core.store.CheckpointStore;
import io.freshet.core.store.CheckpointStores;
import io.freshet.model.ModelOptions;
import io.freshet.model.Models;
import io.freshet.model.Objective;
import io.freshet.model.TextModel;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.Prediction;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Topic;
import io.freshet.schemas.TopicCatalogue;
import io.freshet.schemas.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** Runs a scorer on a thread of its own. */
public final class ScorerService implements Service {

    private static final Duration STOP = Duration.ofSeconds(60);

    private final ScorerConfig config;
    private final Function<Path, TextModel> opener;
    private final Thread thread = new Thread(this::run, "scorer");
    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;

    public ScorerService(ScorerConfig config) {
        this(config, directory -> open(directory, config.objective(), config.modelOptions()));
    }

    /** @param opener opens a directory of model files */
    ScorerService(ScorerConfig config, Function<Path, TextModel> opener) {
        this.config = config;
        this.opener = opener;
    }

    @Override
    public String name() {
        return "scorer";
    }

    /**
     * Checks the topics and starts the thread.
     *
     * @throws io.freshet.schemas.TopicMismatchException if a topic is not as the catalogue says
     */
    @Override
    public void start() {
        try (Admin admin = clients().admin()) {
            TopicCatalogue.of(config.modelName(), config.partitions()).ensure(admin);
        }
        thread.start();
    }

    @Override
    public @Nullable Throwable failure() {
        return failure;
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the scorer stopped", e);
        }
        if (thread.isAlive()) {
            throw new IllegalStateException("the scorer did not stop within %s".formatted(STOP));
        }
    }

    private void run() {
        ScorerClients clients = clients();
        try (CheckpointStore store = CheckpointStores.open(config.store(), config.given());
                Consumer<String, Trial> trials = clients.trials();
                Consumer<String, LabeledExample> heldOut = clients.heldOut();
                Producer<String, ExampleScore> scores = clients.scores();
                Consumer<String, ChampionUpdate> champions = clients.champions();
                Consumer<String, LabeledExample> unlabelled = clients.unlabelled();
                Producer<String, Prediction> predictions = clients.predictions();
                ModelShelf shelf = shelf(store)) {
            AnsweringLoop answering = new AnsweringLoop(
                    new ChampionFollower(champions, topic(Topic.CHAMPIONS)),
                    unlabelled,
                    topic(Topic.UNLABELLED),
                    shelf,
                    predictions,
                    topic(Topic.PREDICTIONS));
            ScoringLoop scoring = new ScoringLoop(
                    new TrialFollower(trials, topic(Topic.TRIALS)),
                    new HeldOutReader(heldOut, topic(Topic.HELD_OUT)),
                    shelf,
                    new BatchScorer(System::nanoTime),
                    scores,
                    topic(Topic.SCORES),
                    answering::champion);
            follow(scoring, answering);
        } catch (IOException e) {
            failure = new UncheckedIOException("the checkpoint store %s cannot be opened".formatted(config.store()), e);
        } catch (RuntimeException | LinkageError e) { // a native library that does not load is a LinkageError
            failure = e;
        }
    }

    /** No example of a language model waits for a label, so that there is nothing to answer. */
    private void follow(ScoringLoop scoring, AnsweringLoop answering) {
        boolean answers = !config.objective().isLanguageModel();
        if (answers) {
            answering.begin();
        }
        scoring.begin();
        while (!stopping) {
            scoring.step();
            if (answers && answering.step()) {
                scoring.turn();
            }
        }
    }

    private String topic(Topic topic) {
        return topic.of(config.modelName());
    }

    private ModelShelf shelf(CheckpointStore store) {
        ModelLoader loader = new ModelLoader(store, config.modelDirectory(), opener);
        loader.discardAll();
        return new ModelShelf(loader, System::nanoTime);
    }

    static TextModel open(Path directory, Objective objective, ModelOptions options) {
        return objective.isLanguageModel()
                ? Models.openLanguageModel(directory, objective, options)
                : Models.open(directory, options);
    }

    private ScorerClients clients() {
        return new ScorerClients(config, SchemaRegistry.connect(config.registryUrl(), config.given()));
    }
}
