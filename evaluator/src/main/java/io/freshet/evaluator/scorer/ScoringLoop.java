package io.freshet.evaluator.scorer;

import io.freshet.schemas.ExampleScore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Follows trials and watches and scores held-out examples for those that are open: batch by batch, each of their models once,
 * what is scored published before progress is committed. A crash in between scores a batch again, which the gate counts once. Confined to one thread.
 */
final class ScoringLoop {

    private static final Duration WAIT = Duration.ofMillis(50);

    private final TrialFollower trials;
    private final HeldOutReader heldOut;
    private final ModelShelf shelf;
    private final BatchScorer scorer;
    private final Producer<String, ExampleScore> producer;
    private final String scoresTopic;
    private final Supplier<Optional<String>> answering;
    private Asked asked = Asked.NOTHING;

    /** @param answering the checkpoint whose model is in use beside trials, if any */
    ScoringLoop(
            TrialFollower trials,
            HeldOutReader heldOut,
            ModelShelf shelf,
            BatchScorer scorer,
            Producer<String, ExampleScore> producer,
            String scoresTopic,
            Supplier<Optional<String>> answering) {
        this.trials = trials;
        this.heldOut = heldOut;
        this.shelf = shelf;
        this.scorer = scorer;
        this.producer = producer;
        this.scoresTopic = scoresTopic;
        this.answering = answering;
    }

    /** Reads the trials there are and joins the group of scorers. */
    void begin() {
        trials.catchUp();
        heldOut.subscribe();
        turn();
    }

    /** Takes in new trials, then scores at most one batch. */
    void step() {
        if (trials.poll(Duration.ZERO)) {
            turn();
        }
        if (asked.isNothing()) {
            heldOut.idle(WAIT);
            return;
        }
        Map<String, Shelved> models = models();
        if (models.values().stream().anyMatch(Shelved.Pending.class::isInstance)) {
            heldOut.idle(WAIT);
            return;
        }
        List<HeldOut> batch = heldOut.poll(WAIT);
        if (!batch.isEmpty()) {
            score(models, batch);
        }
    }

    private void score(Map<String, Shelved> models, List<HeldOut> batch) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        models.forEach((checkpoint, model) -> {
            List<HeldOut> open = heldOut.open(checkpoint, batch);
            if (!open.isEmpty()) {
                scorer.score(checkpoint, model, open).forEach(score -> sent.add(publish(score)));
            }
        });
        producer.flush();
        sent.forEach(ScoringLoop::acknowledged);
        heldOut.done(batch);
    }

    private Future<RecordMetadata> publish(ExampleScore score) {
        String key = "%d-%d-%s".formatted(score.getPartition(), score.getOffset(), score.getCheckpoint());
        return producer.send(new ProducerRecord<>(scoresTopic, key, score));
    }

    private static void acknowledged(Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new KafkaException("a score was not published", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private Map<String, Shelved> models() {
        Map<String, Shelved> models = new TreeMap<>();
        asked.models().forEach((checkpoint, model) -> models.put(checkpoint, shelf.get(checkpoint, model.files())));
        return models;
    }

    /** Turns to what is asked now, and lets go of models that are neither in an open comparison nor the champion's. */
    void turn() {
        asked = trials.asked();
        Set<String> keep = new TreeSet<>(asked.since().keySet());
        answering.get().ifPresent(keep::add);
        shelf.retain(keep);
        heldOut.turnTo(asked);
    }
}
