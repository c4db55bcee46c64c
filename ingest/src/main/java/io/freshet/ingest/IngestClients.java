package io.freshet.ingest;

import io.freshet.core.config.CommonConfig;
import io.freshet.core.config.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Settings of the Kafka clients that the service makes: its own, then what was passed through. */
final class IngestClients {

    /** What an internal or rejected record may have beyond the original bytes: header, keys, detail. */
    private static final int OVERHEAD_BYTES = 64 << 10;

    private IngestClients() {}

    static Properties streams(IngestConfig config) {
        int largest = config.recordMaxBytes() + OVERHEAD_BYTES;
        Properties properties = new Properties();
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "1000");
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class.getName());
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), config.instanceId());
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), largest);
        properties.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), Integer.toString(largest));
        properties.putAll(config.settings().passThrough("streams."));
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(config.settings()));
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                config.stateDirectory().toAbsolutePath().toString());
        return properties;
    }

    static Admin admin(Settings settings) {
        return Admin.create(plain(settings, "admin."));
    }

    /** A consumer that sees only what was committed, reads what it is told to and commits nothing. */
    static Map<String, Object> consumer(Settings settings) {
        return consumer(plain(settings, "consumer."));
    }

    static Map<String, Object> consumer(Map<String, Object> properties) {
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return properties;
    }

    static Map<String, Object> producer(Settings settings, String transactionalId) {
        Map<String, Object> properties = plain(settings, "producer.");
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        return properties;
    }

    private static Map<String, Object> plain(Settings settings, String prefix) {
        Map<String, Object> properties = new HashMap<>(settings.passThrough(prefix));
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(settings));
        return properties;
    }

    private static String bootstrapServers(Settings settings) {
        return settings.string(CommonConfig.BOOTSTRAP_SERVERS);
    }
}
