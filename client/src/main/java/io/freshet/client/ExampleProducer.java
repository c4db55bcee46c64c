package io.freshet.client;

import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.Label;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Topic;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends examples to the topic {@code examples}, and labels that come by themselves to the topic {@code labels}, keyed by id:
 * idempotent, acknowledged by all replicas, in the order of the calls within a topic and an id. Thread-safe.
 */
public final class ExampleProducer implements AutoCloseable {

    private final String examples;
    private final String labels;
    private final Clock clock;
    private final Serde<LabeledExample> exampleSerde;
    private final Serde<Label> labelSerde;
    private final Producer<String, byte[]> producer;

    private ExampleProducer(ExampleProducerConfig config, Clock clock) {
        this.examples = Topic.EXAMPLES.of(config.modelName());
        this.labels = Topic.LABELS.of(config.modelName());
        this.clock = clock;
        SchemaRegistry registry = SchemaRegistry.connect(config.registryUrl(), config.all());
        this.exampleSerde = AvroSerde.of(LabeledExample.class, registry);
        this.labelSerde = AvroSerde.of(Label.class, registry);
        this.producer = new KafkaProducer<>(properties(config), new StringSerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> properties(ExampleProducerConfig config) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, config.modelName() + "-examples");
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        properties.putAll(config.producer());
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return properties;
    }

    /** Returns a builder, for settings from code. */
    public static ExampleProducerBuilder builder() {
        return new ExampleProducerBuilder();
    }

    /**
     * Opens a producer, with settings from a file or map; Kafka and the registry are first asked by the first send.
     *
     * @param settings keys of {@link ExampleProducerConfig#DEFINITION}, and {@code producer.*} for the Kafka producer
     * @throws io.freshet.core.config.ConfigException naming every unusable setting at once
     * @throws org.apache.kafka.common.KafkaException if the Kafka producer refuses what was passed through
     */
    public static ExampleProducer open(Map<String, String> settings) {
        return open(settings, Clock.systemUTC());
    }

    static ExampleProducer open(Map<String, String> settings, Clock clock) {
        return new ExampleProducer(ExampleProducerConfig.from(settings), clock);
    }

    /** Begins an example with that text. */
    public ExampleDraft example(String text) {
        return new ExampleDraft(this, text, clock.instant());
    }

    /** Sends a text with its label under a random id, as an example that arose now. */
    public CompletableFuture<SentExample> send(String text, String label) {
        return example(text).label(label).send();
    }

    /**
     * Sends an example. Waits only where Kafka's own producer does: for the topic's metadata at first, for room in its
     * buffer, and for the registry at first.
     *
     * @return where it lies, once all replicas have it; completed exceptionally if it could not be sent. Callbacks run on
     *     the producer's thread: keep them short
     * @throws IllegalArgumentException if ingest would surely reject it, naming every mistake
     */
    public CompletableFuture<SentExample> send(LabeledExample example) {
        ExampleRules.check(example, clock.instant());
        return send(examples, example.getId(), () -> exampleSerde.serializer().serialize(examples, example));
    }

    /**
     * Sends the label of an example that was or will be sent without one, given now. Another label for an example that has
     * one corrects it.
     *
     * @throws IllegalArgumentException if the id or the label is blank
     */
    public CompletableFuture<SentExample> label(String id, String label) {
        return send(Label.newBuilder()
                .setId(id)
                .setLabel(label)
                .setTime(clock.instant())
                .build());
    }

    /**
     * Sends a label, as {@link #label}; of two labels of one example the one given later holds.
     *
     * @return where it lies, as of {@link #send(LabeledExample)}
     * @throws IllegalArgumentException if ingest would surely reject it, naming every mistake
     */
    public CompletableFuture<SentExample> send(Label label) {
        LabelRules.check(label, clock.instant());
        return send(labels, label.getId(), () -> labelSerde.serializer().serialize(labels, label));
    }

    private CompletableFuture<SentExample> send(String topic, String id, Supplier<byte[]> value) {
        CompletableFuture<SentExample> sent = new CompletableFuture<>();
        try {
            Future<RecordMetadata> unused =
                    producer.send(new ProducerRecord<>(topic, id, value.get()), (metadata, failure) -> {
                        if (failure == null) {
                            sent.complete(
                                    new SentExample(id, metadata.topic(), metadata.partition(), metadata.offset()));
                        } else {
                            sent.completeExceptionally(failure);
                        }
                    });
        } catch (
                RuntimeException e) { // not serialized, or no metadata in time: one way to learn of a failure is enough
            sent.completeExceptionally(e);
        }
        return sent;
    }

    /** Waits until everything sent so far is acknowledged or has failed. */
    public void flush() {
        producer.flush();
    }

    /** Sends what is still buffered, and closes. Idempotent. */
    @Override
    public void close() {
        producer.close();
        exampleSerde.close();
        labelSerde.close();
    }
}
