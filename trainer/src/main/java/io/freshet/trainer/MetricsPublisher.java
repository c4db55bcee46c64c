package io.freshet.trainer;

import io.freshet.schemas.TrainingMetrics;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports on training to {@code training.metrics}, keyed by step.
 *
 * <p>Outside the manifests' transactions, so that the course of training shows at once. After a crash or a reload the
 * steps since the last checkpoint are taken, and reported, again: readers keep the last record of a step. A report that
 * cannot be sent is lost, which never stops training.
 */
final class MetricsPublisher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MetricsPublisher.class);

    private final Producer<String, byte[]> producer;
    private final String topic;
    private final Serializer<TrainingMetrics> serializer;

    /** @param producer idempotent, without transactions; owned */
    MetricsPublisher(Producer<String, byte[]> producer, String topic, Serializer<TrainingMetrics> serializer) {
        this.producer = producer;
        this.topic = topic;
        this.serializer = serializer;
    }

    void publish(TrainingMetrics metrics) {
        String key = Long.toString(metrics.getStep());
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, serializer.serialize(topic, metrics));
        Future<RecordMetadata> unused = producer.send(record, (sent, error) -> {
            if (error != null) {
                log.warn("the metrics of step {} were not sent: {}", key, error.toString());
            }
        });
    }

    @Override
    public void close() {
        producer.close();
    }
}
