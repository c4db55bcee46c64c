package io.freshet.trainer;

import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.OffsetRange;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;

/** Publishes a manifest, the rejections of its segment and the group's offsets in one transaction. */
final class Publisher {

    private final TrainerConfig config;
    private final Producer<String, byte[]> producer;
    private final Serializer<CheckpointManifest> manifests;
    private final Serializer<RejectedExample> rejections;

    /** @param producer transactional, initialised, not owned */
    Publisher(
            TrainerConfig config,
            Producer<String, byte[]> producer,
            Serializer<CheckpointManifest> manifests,
            Serializer<RejectedExample> rejections) {
        this.config = config;
        this.producer = producer;
        this.manifests = manifests;
        this.rejections = rejections;
    }

    /**
     * Publishes all or nothing.
     *
     * @throws KafkaException after which the transaction is aborted and this producer must not be used again
     */
    void publish(CheckpointManifest manifest, List<RejectedExample> rejected, ConsumerGroupMetadata group) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        String rejectedTopic = config.topic(Topic.REJECTED);
        for (RejectedExample rejection : rejected) {
            String id = rejection.getId();
            String key = id != null ? id : "%d-%d".formatted(rejection.getPartition(), rejection.getOffset());
            records.add(new ProducerRecord<>(rejectedTopic, key, rejections.serialize(rejectedTopic, rejection)));
        }
        String topic = config.topic(Topic.CHECKPOINTS);
        records.add(new ProducerRecord<>(topic, manifest.getId(), manifests.serialize(topic, manifest)));
        producer.beginTransaction();
        try {
            for (ProducerRecord<String, byte[]> record : records) {
                Future<RecordMetadata> unused = producer.send(record); // the commit throws what a send met
            }
            producer.sendOffsetsToTransaction(offsets(manifest), group);
            producer.commitTransaction();
        } catch (KafkaException e) {
            abort(e);
            throw e;
        }
    }

    private void abort(KafkaException cause) {
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            cause.addSuppressed(e); // the producer that follows aborts it with initTransactions
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(CheckpointManifest manifest) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (OffsetRange range : manifest.getRanges()) {
            offsets.put(
                    new TopicPartition(config.topic(Topic.TRAIN), range.getPartition()),
                    new OffsetAndMetadata(range.getTo(), manifest.getId()));
        }
        return offsets;
    }
}
