package io.freshet.cli.stream;

import io.freshet.schemas.SchemaRegistry;
import java.util.Map;
import java.util.TreeMap;

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
}
