package io.freshet.client;

import io.freshet.core.config.CommonConfig;
import java.util.Map;
import java.util.TreeMap;

/** Settings of {@link ExampleProducer} from code; every one is also reachable by its key with {@link #set}. */
public final class ExampleProducerBuilder {

    private final Map<String, String> settings = new TreeMap<>();

    ExampleProducerBuilder() {}

    public ExampleProducerBuilder bootstrapServers(String servers) {
        return set(CommonConfig.BOOTSTRAP_SERVERS, servers);
    }

    public ExampleProducerBuilder schemaRegistry(String url) {
        return set(CommonConfig.REGISTRY_URL, url);
    }

    public ExampleProducerBuilder modelName(String name) {
        return set(CommonConfig.MODEL_NAME, name);
    }

    /** Sets any key of {@link ExampleProducerConfig#DEFINITION}, or {@code producer.*} for the Kafka producer. */
    public ExampleProducerBuilder set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    public ExampleProducerBuilder set(Map<String, String> all) {
        settings.putAll(all);
        return this;
    }

    /**
     * Opens the producer.
     *
     * @throws io.freshet.core.config.ConfigException naming every unusable setting at once
     */
    public ExampleProducer open() {
        return ExampleProducer.open(settings);
    }
}
