package io.freshet.local.registry;

import io.freshet.local.LocalStackException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The compacted topic {@code _schemas}, the registry's only memory. One registry writes it at a time. */
final class RegistryLog implements AutoCloseable {

    private static final TopicPartition PARTITION = new TopicPartition("_schemas", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaProducer<String, String> producer;

    /** Opens the topic, making it if it is not there, and hands over all its records. */
    RegistryLog(String bootstrapServers, Consumer<RegistryRecords.Entry> record) {
        create(bootstrapServers);
        replay(bootstrapServers, record);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0),
                new StringSerializer(),
                new StringSerializer());
    }

    private static void create(String bootstrapServers) {
        NewTopic topic = new NewTopic(PARTITION.topic(), Optional.of(1), Optional.empty())
                .configs(Map.of("cleanup.policy", "compact"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            await(admin.createTopics(List.of(topic)).all().toCompletionStage().toCompletableFuture());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new LocalStackException("the topic _schemas cannot be made: " + e.getCause(), e);
            }
        }
    }

    private static void replay(String bootstrapServers, Consumer<RegistryRecords.Entry> record) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "none", "enable.auto.commit", false);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION), PATIENCE).getOrDefault(PARTITION, 0L);
            while (consumer.position(PARTITION, PATIENCE) < end) {
                for (ConsumerRecord<String, String> found : consumer.poll(Duration.ofMillis(200))) {
                    if (found.value() != null) {
                        record.accept(new RegistryRecords.Entry(found.key(), found.value()));
                    }
                }
            }
        }
    }

    /** Returns when the record is safe in the topic. */
    void append(RegistryRecords.Entry entry) {
        try {
            await(producer.send(new ProducerRecord<>(PARTITION.topic(), 0, entry.key(), entry.value())));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topic _schemas cannot be written: " + e.getCause(), e);
        }
    }

    private static void await(Future<?> future) throws ExecutionException {
        try {
            future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the topic _schemas", e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer from the broker in " + PATIENCE, e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
