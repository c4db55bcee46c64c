package io.freshet.cli.run;

import io.freshet.cli.input.ExampleSource;
import io.freshet.cli.input.InputRecord;
import io.freshet.cli.stream.Cluster;
import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Topic;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the records of a source to the topic of examples, in order: examples as Avro, malformed records as the bytes they
 * are, so that ingest rejects them and they are kept.
 */
public final class Publisher implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer;
    private final Serializer<LabeledExample> serializer;
    private final String topic;
    private final Consumer<InputRecord.Malformed> malformed;
    private final AtomicLong acknowledged = new AtomicLong();
    private volatile @Nullable Exception failure;
    private volatile boolean stopped;

    /**
     * Connects.
     *
     * @param malformed told of each record that is no example, before it is sent
     */
    public Publisher(Cluster cluster, SchemaRegistry registry, Consumer<InputRecord.Malformed> malformed) {
        Map<String, Object> settings = new HashMap<>(cluster.clientSettings());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        this.serializer = AvroSerde.of(LabeledExample.class, registry).serializer();
        this.topic = Topic.EXAMPLES.of(cluster.modelName());
        this.malformed = malformed;
    }

    /**
     * Sends everything and waits until the broker has acknowledged it, or until {@link #stop}.
     *
     * @throws IOException if the source cannot be read or a record cannot be sent
     */
    public void publish(ExampleSource source, Pace pace) throws IOException {
        long sent = 0;
        for (InputRecord entry = source.next(); entry != null && !stopped; entry = source.next()) {
            pace.await(sent++);
            send(entry);
        }
        producer.flush();
        throwFailure();
    }

    /** Ends {@link #publish} after the record in hand. */
    public void stop() {
        stopped = true;
    }

    /** Returns how many records the broker has acknowledged. */
    public long acknowledged() {
        return acknowledged.get();
    }

    private void send(InputRecord entry) throws IOException {
        throwFailure();
        byte[] value;
        if (entry instanceof InputRecord.Example example) {
            value = serializer.serialize(topic, example.example());
        } else {
            InputRecord.Malformed bad = (InputRecord.Malformed) entry;
            malformed.accept(bad);
            value = bad.bytes();
        }
        var unused = producer.send(new ProducerRecord<>(topic, entry.id(), value), (metadata, exception) -> {
            if (exception == null) {
                acknowledged.incrementAndGet();
            } else {
                failure = exception;
            }
        });
    }

    private void throwFailure() throws IOException {
        Exception cause = failure;
        if (cause != null) {
            throw new IOException("a record could not be sent to %s: %s".formatted(topic, cause.getMessage()), cause);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
