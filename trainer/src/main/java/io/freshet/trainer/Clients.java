package io.freshet.trainer;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes the trainer's Kafka clients; settings under {@code producer.}, {@code consumer.} and {@code admin.} pass through. */
final class Clients {

    private final TrainerConfig config;

    Clients(TrainerConfig config) {
        this.config = config;
    }

    /** Returns the producer of manifests and rejections; its transactional id fences an older trainer of the model. */
    KafkaProducer<String, byte[]> transactional() {
        Map<String, Object> properties = producer();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, config.identity());
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /** Returns a producer outside any transaction. */
    KafkaProducer<String, byte[]> plain() {
        return new KafkaProducer<>(producer(), new StringSerializer(), new ByteArraySerializer());
    }

    /** Returns a consumer of committed records that commits nothing and refuses to begin where it was not told to. */
    KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = common("consumer.");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, config.identity());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Admin admin() {
        return Admin.create(common("admin."));
    }

    private Map<String, Object> producer() {
        Map<String, Object> properties = common("producer.");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        return properties;
    }

    private Map<String, Object> common(String prefix) {
        Map<String, Object> properties = new TreeMap<>(config.passThrough(prefix));
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        return properties;
    }
}
