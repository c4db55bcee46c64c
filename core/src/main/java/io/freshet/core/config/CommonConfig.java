package io.freshet.core.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Settings that every service has. */
public final class CommonConfig {

    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    public static final String REGISTRY_URL = "schema.registry.url";
    public static final String MODEL_NAME = "model.name";
    public static final String PARTITIONS = "examples.partitions";
    public static final String STORE = "checkpoint.store";
    public static final String CACHE = "checkpoint.cache";

    private CommonConfig() {}

    /** Adds the common settings to a service's own definition. */
    public static ConfigDef addTo(ConfigDef definition) {
        return definition
                .define(
                        BOOTSTRAP_SERVERS,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Kafka brokers, host:port, separated by commas.")
                .define(
                        REGISTRY_URL,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Schema registry that speaks the Confluent REST protocol, for example http://registry:8081.")
                .define(
                        MODEL_NAME,
                        Type.STRING,
                        "freshet",
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Name of the model; prefixes its topics, groups and transactional ids.")
                .define(
                        PARTITIONS,
                        Type.INT,
                        2,
                        ConfigDef.Range.atLeast(1),
                        Importance.MEDIUM,
                        "Partitions of the topics of examples; fixed once they exist. All services must have the same.");
    }

    /** Adds where checkpoints are kept, for the services that write or read them. */
    public static ConfigDef addStoreTo(ConfigDef definition) {
        definition
                .define(
                        STORE,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Checkpoint store: file:///directory or s3://bucket/prefix.")
                .define(
                        CACHE,
                        Type.STRING,
                        System.getProperty("java.io.tmpdir") + "/freshet-cache",
                        Importance.MEDIUM,
                        "Local directory where fetched checkpoint files are kept.");
        return S3Settings.addTo(definition);
    }
}
