package io.freshet.evaluator.scorer;

import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.Prediction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the champion answer examples that wait for their label, as they come: what it says then is what prequential accuracy
 * is about once the label is there. Answers are published before progress is committed; of answers given again after a crash
 * the first counts. Where no example waits, no model is loaded. Confined to one thread.
 */
final class AnsweringLoop {

    private static final Logger LOG = LoggerFactory.getLogger(AnsweringLoop.class);

    private final ChampionFollower champions;
    private final Consumer<String, LabeledExample> unlabelled;
    private final String unlabelledTopic;
    private final ModelShelf shelf;
    private final Producer<String, Prediction> producer;
    private final String predictionsTopic;
    private ConsumerRecords<String, LabeledExample> batch = ConsumerRecords.empty();

    AnsweringLoop(
            ChampionFollower champions,
            Consumer<String, LabeledExample> unlabelled,
            String unlabelledTopic,
            ModelShelf shelf,
            Producer<String, Prediction> producer,
            String predictionsTopic) {
        this.champions = champions;
        this.unlabelled = unlabelled;
        this.unlabelledTopic = unlabelledTopic;
        this.shelf = shelf;
        this.producer = producer;
        this.predictionsTopic = predictionsTopic;
    }

    /** Joins the group of those who answer. */
    void begin() {
        champions.begin();
        unlabelled.subscribe(List.of(unlabelledTopic));
    }

    /** Returns whose model is or may be in use. */
    Optional<String> champion() {
        return Optional.ofNullable(champions.champion()).map(ChampionUpdate::getCheckpoint);
    }

    /** Answers at most one batch; returns whether the champion changed. Never waits. */
    boolean step() {
        boolean changed = champions.poll(Duration.ZERO);
        if (batch.isEmpty()) {
            batch = unlabelled.poll(Duration.ZERO);
        } else {
            keepMembership();
        }
        ChampionUpdate champion = champions.champion();
        if (batch.isEmpty() || champion == null) {
            return changed;
        }
        Shelved model = shelf.get(champion.getCheckpoint(), champion.getFiles());
        if (model instanceof Shelved.Pending) {
            return changed;
        }
        answer(champion.getCheckpoint(), model);
        return changed;
    }

    /** While a batch waits for a model nothing more is read, but the group must not think that this member is gone. */
    private void keepMembership() {
        unlabelled.pause(unlabelled.assignment());
        unlabelled.poll(Duration.ZERO);
        unlabelled.resume(unlabelled.assignment());
    }

    private void answer(String checkpoint, Shelved model) {
        List<HeldOut> examples = new ArrayList<>();
        for (ConsumerRecord<String, LabeledExample> record : batch) {
            examples.add(new HeldOut(record.partition(), record.offset(), record.value()));
        }
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Prediction prediction : Predictions.of(checkpoint, model, examples)) {
            sent.add(producer.send(new ProducerRecord<>(predictionsTopic, prediction.getExampleId(), prediction)));
        }
        producer.flush();
        sent.forEach(AnsweringLoop::acknowledged);
        try {
            unlabelled.commitSync();
        } catch (CommitFailedException | RebalanceInProgressException e) {
            LOG.info("Progress was not committed, the partitions are being moved: {}", e.getMessage());
        }
        batch = ConsumerRecords.empty();
    }

    private static void acknowledged(Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new KafkaException("an answer was not published", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
