package io.freshet.client;

import io.freshet.core.config.CommonConfig;
import io.freshet.core.config.Settings;
import io.freshet.schemas.RegistryConfig;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Settings of {@link ExampleProducer}.
 *
 * @param bootstrapServers Kafka brokers
 * @param registryUrl schema registry
 * @param modelName name of the model that the examples are for
 * @param producer what passes through to the Kafka producer, security included
 * @param all everything given, of which the registry reads its own
 */
public record ExampleProducerConfig(
        String bootstrapServers,
        String registryUrl,
        String modelName,
        Map<String, String> producer,
        Map<String, String> all) {

    public static final ConfigDef DEFINITION = RegistryConfig.addTo(CommonConfig.addTo(new ConfigDef()));

    public ExampleProducerConfig {
        producer = Map.copyOf(producer);
        all = Map.copyOf(all);
    }

    /**
     * Reads flat settings.
     *
     * @throws io.freshet.core.config.ConfigException naming every problem at once
     */
    public static ExampleProducerConfig from(Map<String, String> given) {
        Settings settings = Settings.read(DEFINITION, given);
        return new ExampleProducerConfig(
                settings.string(CommonConfig.BOOTSTRAP_SERVERS),
                settings.string(CommonConfig.REGISTRY_URL),
                settings.string(CommonConfig.MODEL_NAME),
                settings.passThrough("producer."),
                given);
    }
}
