package io.freshet.cli.stream;

import io.freshet.schemas.SchemaRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the topics of a model are.
 *
 * @param bootstrapServers Kafka brokers, host:port, separated by commas
 * @param registryUrl schema registry
 * @param modelName prefix of the model's topics
 * @param client further settings of Kafka clients, for example for TLS; may be empty
 */
public record Cluster(String bootstrapServers, String registryUrl, String modelName, Map<String, String> client) {

    public Cluster {
        client = Map.copyOf(client);
    }

    public static Cluster local(String bootstrapServers, String registryUrl, String modelName) {
        return new Cluster(bootstrapServers, registryUrl, modelName, Map.of());
    }

    /** Settings that every Kafka client of this cluster needs. */
    public Map<String, String> clientSettings() {
        Map<String, String> settings = new TreeMap<>(client);
        settings.put("bootstrap.servers", bootstrapServers);
        return settings;
    }

    public SchemaRegistry registry() {
        return SchemaRegistry.connect(registryUrl, client);
    }

    /**
     * Returns the partitions of a topic.
     *
     * @throws IllegalStateException if it does not exist
     */
    List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new IllegalStateException(
                    "topic %s is not on %s; start the services, or name the model with --model-name"
                            .formatted(topic, bootstrapServers));
        }
        return found.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }
}
