package io.freshet.ingest;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.freshet.local.LocalStack;
import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.Label;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** One model on a running broker, as producers and consumers see it. */
final class Cluster implements AutoCloseable {

    private final Map<String, String> settings;
    private final KafkaProducer<String, byte[]> producer;
    private final Serializer<LabeledExample> serializer;
    private final Serializer<Label> labelSerializer;
    private final String examples;
    private final String labels;
    private final String model;

    /** @param settings beyond the addresses and the model's name */
    Cluster(String bootstrapServers, String registryUrl, String model, Map<String, String> settings) {
        this.model = model;
        this.examples = Topic.EXAMPLES.of(model);
        this.labels = Topic.LABELS.of(model);
        this.settings = new HashMap<>(settings);
        this.settings.put("bootstrap.servers", bootstrapServers);
        this.settings.put("schema.registry.url", registryUrl);
        this.settings.put("model.name", model);
        this.settings.putIfAbsent("streams.commit.interval.ms", "100");
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "enable.idempotence", "true"),
                new StringSerializer(),
                new ByteArraySerializer());
        SchemaRegistry registry = SchemaRegistry.connect(registryUrl, Map.of());
        this.serializer = AvroSerde.of(LabeledExample.class, registry).serializer();
        this.labelSerializer = AvroSerde.of(Label.class, registry).serializer();
    }

    Cluster(LocalStack stack, String model, Map<String, String> settings) {
        this(stack.bootstrapServers(), stack.registryUrl(), model, settings);
    }

    Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    IngestConfig config() {
        return IngestConfig.from(settings);
    }

    IngestConfig config(Map<String, String> others) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(others);
        return IngestConfig.from(all);
    }

    void publish(LabeledExample example) {
        publish(example.getId(), serializer.serialize(examples, example));
    }

    void publish(Label label) {
        send(labels, label.getId(), labelSerializer.serialize(labels, label));
    }

    void publish(String key, byte @Nullable [] value) {
        send(examples, key, value);
    }

    private void send(String topic, String key, byte @Nullable [] value) {
        var unused = producer.send(new ProducerRecord<>(topic, key, value), (metadata, failure) -> {
            if (failure != null) {
                throw new IllegalStateException("cannot publish " + key, failure);
            }
        });
    }

    void flush() {
        producer.flush();
    }

    /** Records of a topic that were committed, in the order of their partitions. */
    List<ConsumerRecord<String, byte[]>> committed(Topic topic) {
        List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
        try (CommittedRecords<byte[]> records = new CommittedRecords<>(
                IngestClients.consumer(config().settings()), List.of(topic.of(model)), new ByteArrayDeserializer())) {
            records.readOn(all::add);
        }
        return all;
    }

    List<String> keys(Topic topic) {
        return committed(topic).stream().map(ConsumerRecord::key).toList();
    }

    static void await(String what, Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("%s did not happen within %s".formatted(what, patience));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    static void exited(Process process) throws InterruptedException, ExecutionException, TimeoutException {
        process.onExit().get(60, SECONDS);
    }

    @Override
    public void close() {
        producer.close();
    }
}
