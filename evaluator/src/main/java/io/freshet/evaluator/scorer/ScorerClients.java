package io.freshet.evaluator.scorer;

import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.Prediction;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Trial;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes the Kafka clients of a scorer. The caller closes what it is given. */
final class ScorerClients {

    private final ScorerConfig config;
    private final SchemaRegistry registry;

    ScorerClients(ScorerConfig config, SchemaRegistry registry) {
        this.config = config;
        this.registry = registry;
    }

    Admin admin() {
        return Admin.create(base("admin."));
    }

    Consumer<String, Trial> trials() {
        return consumer(consumerSettings(), Trial.class);
    }

    Consumer<String, LabeledExample> heldOut() {
        Map<String, Object> settings = consumerSettings();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.modelName() + ".scorer");
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, config.instance());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.batchSize());
        return consumer(settings, LabeledExample.class);
    }

    Consumer<String, ChampionUpdate> champions() {
        return consumer(consumerSettings(), ChampionUpdate.class);
    }

    /** A group of its own: what one scorer has answered no other one answers. */
    Consumer<String, LabeledExample> unlabelled() {
        Map<String, Object> settings = consumerSettings();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.modelName() + ".answers");
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, config.instance());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.batchSize());
        return consumer(settings, LabeledExample.class);
    }

    Producer<String, ExampleScore> scores() {
        return producer(ExampleScore.class);
    }

    Producer<String, Prediction> predictions() {
        return producer(Prediction.class);
    }

    private <T extends SpecificRecord> Producer<String, T> producer(Class<T> type) {
        Map<String, Object> settings = base("producer.");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        return new KafkaProducer<>(
                settings, new StringSerializer(), AvroSerde.of(type, registry).serializer());
    }

    private <T extends SpecificRecord> Consumer<String, T> consumer(Map<String, Object> settings, Class<T> type) {
        return new KafkaConsumer<>(
                settings, new StringDeserializer(), AvroSerde.of(type, registry).deserializer());
    }

    private Map<String, Object> consumerSettings() {
        Map<String, Object> settings = base("consumer.");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Positions are always sought; this is for examples that the topic's retention has removed meanwhile.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return settings;
    }

    private Map<String, Object> base(String prefix) {
        Map<String, Object> settings = new TreeMap<>(config.passThrough(prefix));
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        return settings;
    }
}
