package io.freshet.ingest;

import io.freshet.core.config.CommonConfig;
import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.SplitSettings;
import io.freshet.schemas.Topic;
import io.freshet.schemas.split.HeldOutSplit;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The record in topic {@code split} that fixes salt and fraction for the life of a model. */
final class SplitRecord {

    private final IngestConfig config;
    private final Serde<SplitSettings> serde;
    private final Clock clock;
    private final String topic;

    SplitRecord(IngestConfig config, SchemaRegistry registry, Clock clock) {
        this.config = config;
        this.serde = AvroSerde.of(SplitSettings.class, registry);
        this.clock = clock;
        this.topic = Topic.SPLIT.of(config.modelName());
    }

    /**
     * Records the configured split if none is recorded yet.
     *
     * @throws SplitMismatchException if another one is recorded
     */
    void agree() {
        @Nullable SplitSettings recorded = read();
        while (recorded == null) {
            record();
            recorded = read();
        }
        HeldOutSplit wanted = config.split();
        if (!recorded.getSalt().equals(wanted.salt()) || recorded.getFraction() != wanted.fraction()) {
            throw new SplitMismatchException(
                    "%s = '%s' and %s = %s, but topic %s has recorded '%s' and %s at %s: with another split, examples that were learned from would be scored on; set the recorded values, or give the new split a %s of its own"
                            .formatted(
                                    IngestSettings.HELD_OUT_SALT,
                                    wanted.salt(),
                                    IngestSettings.HELD_OUT_FRACTION,
                                    wanted.fraction(),
                                    topic,
                                    recorded.getSalt(),
                                    recorded.getFraction(),
                                    recorded.getTime(),
                                    CommonConfig.MODEL_NAME));
        }
    }

    /** Of instances that start together one writes: each transactional producer fences those before it. */
    private void record() {
        try (KafkaProducer<String, SplitSettings> producer = new KafkaProducer<>(
                IngestClients.producer(config.settings(), config.applicationId() + ".split"),
                new StringSerializer(),
                serde.serializer())) {
            producer.initTransactions();
            if (read() != null) { // written, or its transaction ended, since it was looked for
                return;
            }
            SplitSettings settings = SplitSettings.newBuilder()
                    .setSalt(config.split().salt())
                    .setFraction(config.split().fraction())
                    .setTime(clock.instant())
                    .build();
            producer.beginTransaction();
            var unused = producer.send(new ProducerRecord<>(topic, config.modelName(), settings));
            producer.commitTransaction(); // throws what the sending ran into
        } catch (KafkaException e) {
            if (!fenced(e)) {
                throw e;
            }
            // another instance is recording at this moment: its record is read next
        }
    }

    private static boolean fenced(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    private @Nullable SplitSettings read() {
        AtomicReference<@Nullable SplitSettings> last = new AtomicReference<>();
        try (CommittedRecords<SplitSettings> records = new CommittedRecords<>(
                IngestClients.consumer(config.settings()), List.of(topic), serde.deserializer())) {
            records.readOn(record -> last.set(record.value()));
        }
        return last.get();
    }
}
