package io.freshet.client;

import io.freshet.core.config.CommonConfig;
import io.freshet.core.config.ModelSettings;
import io.freshet.core.config.Settings;
import io.freshet.core.config.SettingsRule;
import io.freshet.model.ModelOptions;
import io.freshet.model.Precision;
import io.freshet.schemas.RegistryConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * Settings of {@link ModelUpdates}.
 *
 * @param bootstrapServers Kafka brokers
 * @param registryUrl schema registry
 * @param modelName name of the model to follow
 * @param store address under which this process reaches the checkpoint store; empty for the one in the champion's record
 * @param cache directory of this model's files on this machine
 * @param pollInterval longest wait for a record before retries and a stop are looked at
 * @param connectTimeout longest wait for an answer of Kafka
 * @param retryFirst wait after the first failure, doubled after each further one
 * @param retryLongest longest wait between attempts
 * @param model how models are opened
 * @param consumer what passes through to the Kafka consumer, security included
 * @param all everything given, of which registry and store read their own
 */
public record ModelUpdatesConfig(
        String bootstrapServers,
        String registryUrl,
        String modelName,
        Optional<String> store,
        Path cache,
        Duration pollInterval,
        Duration connectTimeout,
        Duration retryFirst,
        Duration retryLongest,
        ModelOptions model,
        Map<String, String> consumer,
        Map<String, String> all) {

    public static final String POLL_INTERVAL = "poll.interval.ms";
    public static final String CONNECT_TIMEOUT = "connect.timeout.ms";
    public static final String RETRY_FIRST = "retry.first.ms";
    public static final String RETRY_LONGEST = "retry.longest.ms";
    public static final String MAX_TOKENS = "max.tokens";
    public static final String THREADS = "threads";

    public static final ConfigDef DEFINITION =
            addOwnTo(ModelSettings.addEngineTo(addStoreTo(RegistryConfig.addTo(CommonConfig.addTo(new ConfigDef())))));

    private static final SettingsRule RETRY_ASCENDS = new SettingsRule(
            Set.of(RETRY_FIRST, RETRY_LONGEST),
            s -> s.integer(RETRY_FIRST) <= s.integer(RETRY_LONGEST)
                    ? Optional.empty()
                    : Optional.of("%s = %d is above %s = %d; raise the second or lower the first"
                            .formatted(RETRY_FIRST, s.integer(RETRY_FIRST), RETRY_LONGEST, s.integer(RETRY_LONGEST))));

    public ModelUpdatesConfig {
        consumer = Map.copyOf(consumer);
        all = Map.copyOf(all);
    }

    /**
     * Reads flat settings.
     *
     * @throws io.freshet.core.config.ConfigException naming every problem at once
     */
    public static ModelUpdatesConfig from(Map<String, String> given) {
        Settings settings = Settings.read(DEFINITION, given, RETRY_ASCENDS);
        String modelName = settings.string(CommonConfig.MODEL_NAME);
        return new ModelUpdatesConfig(
                settings.string(CommonConfig.BOOTSTRAP_SERVERS),
                settings.string(CommonConfig.REGISTRY_URL),
                modelName,
                settings.optional(CommonConfig.STORE),
                Path.of(settings.string(CommonConfig.CACHE), "client", modelName),
                Duration.ofMillis(settings.integer(POLL_INTERVAL)),
                Duration.ofMillis(settings.integer(CONNECT_TIMEOUT)),
                Duration.ofMillis(settings.integer(RETRY_FIRST)),
                Duration.ofMillis(settings.integer(RETRY_LONGEST)),
                options(settings),
                settings.passThrough("consumer."),
                given);
    }

    /** Adds the store's settings with an address that may be left out: the champion's record carries one. */
    private static ConfigDef addStoreTo(ConfigDef definition) {
        CommonConfig.addStoreTo(new ConfigDef()).configKeys().values().stream()
                .filter(key -> !key.name.equals(CommonConfig.STORE))
                .forEach(definition::define);
        return definition.define(
                CommonConfig.STORE,
                Type.STRING,
                "",
                Importance.MEDIUM,
                "Checkpoint store as this process reaches it: file:///directory or s3://bucket/prefix; empty for the"
                        + " address in the champion's record.");
    }

    private static ConfigDef addOwnTo(ConfigDef definition) {
        return definition
                .define(
                        POLL_INTERVAL,
                        Type.INT,
                        500,
                        Range.between(1, 60_000),
                        Importance.LOW,
                        "Longest wait for a new champion before retries and a stop are looked at, milliseconds. A new"
                                + " champion ends the wait.")
                .define(
                        CONNECT_TIMEOUT,
                        Type.INT,
                        10_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Longest wait for an answer of Kafka before it is reported as a failure, milliseconds.")
                .define(
                        RETRY_FIRST,
                        Type.INT,
                        1_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Wait after a failure to reach Kafka or to load a champion; doubled after each further one,"
                                + " milliseconds.")
                .define(
                        RETRY_LONGEST,
                        Type.INT,
                        30_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Longest wait between attempts, milliseconds.")
                .define(
                        MAX_TOKENS,
                        Type.INT,
                        ModelOptions.DEFAULTS.maxTokens(),
                        Range.atLeast(3),
                        Importance.MEDIUM,
                        "Longest text in tokens, special tokens included; what is longer is cut. As in training.")
                .define(
                        THREADS,
                        Type.INT,
                        0,
                        Range.atLeast(0),
                        Importance.LOW,
                        "Threads of one engine operation, for the whole process; 0 for half of the processors.");
    }

    private static ModelOptions options(Settings settings) {
        return new ModelOptions(settings.integer(MAX_TOKENS), ModelOptions.DEFAULTS.seed(), settings.integer(THREADS))
                .withPrecision(Precision.of(settings.string(ModelSettings.PRECISION)))
                .withDevice(settings.string(ModelSettings.DEVICE));
    }
}
