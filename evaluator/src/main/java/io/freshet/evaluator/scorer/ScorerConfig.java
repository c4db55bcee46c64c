package io.freshet.evaluator.scorer;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.freshet.core.config.CommonConfig;
import io.freshet.core.config.ModelSettings;
import io.freshet.core.config.Settings;
import io.freshet.model.ModelOptions;
import io.freshet.model.Objective;
import io.freshet.model.Precision;
import io.freshet.schemas.RegistryConfig;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Settings of a scorer, validated. */
public final class ScorerConfig {

    public static final String BATCH_SIZE = "scorer.batch.size";
    public static final String MAX_TOKENS = "scorer.max.tokens";
    public static final String THREADS = "scorer.threads";
    public static final String INSTANCE = "scorer.instance";

    public static final ConfigDef DEFINITION = define(RegistryConfig.addTo(ModelSettings.addEngineTo(
            ModelSettings.addObjectiveTo(CommonConfig.addStoreTo(CommonConfig.addTo(new ConfigDef()))))));

    private final Map<String, String> given;
    private final Settings settings;

    private ScorerConfig(Map<String, String> given, Settings settings) {
        this.given = Map.copyOf(given);
        this.settings = settings;
    }

    /**
     * Reads and checks flat settings.
     *
     * @throws io.freshet.core.config.ConfigException naming every problem at once
     */
    public static ScorerConfig from(Map<String, String> given) {
        return new ScorerConfig(given, Settings.read(DEFINITION, given));
    }

    private static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        BATCH_SIZE,
                        Type.INT,
                        64,
                        Range.between(1, 10_000),
                        MEDIUM,
                        "Held-out examples scored and published at once; a trial that is decided meanwhile is noticed after each.")
                .define(
                        MAX_TOKENS,
                        Type.INT,
                        ModelOptions.DEFAULTS.maxTokens(),
                        Range.between(3, 1_000_000),
                        MEDIUM,
                        "Longest encoded text, special tokens included; longer ones are cut. Cut to the model's own maximum.")
                .define(
                        THREADS,
                        Type.INT,
                        0,
                        Range.between(0, 1024),
                        MEDIUM,
                        "Threads of the engine, for the whole process; 0 takes half of the processors, at least one.")
                .define(
                        INSTANCE,
                        Type.STRING,
                        "scorer-1",
                        new NonEmptyString(),
                        LOW,
                        "Name of this process among the scorers of the model; keep it over restarts, so that one is back at once.");
    }

    String modelName() {
        return settings.string(CommonConfig.MODEL_NAME);
    }

    String bootstrapServers() {
        return settings.string(CommonConfig.BOOTSTRAP_SERVERS);
    }

    String registryUrl() {
        return settings.string(CommonConfig.REGISTRY_URL);
    }

    String store() {
        return settings.string(CommonConfig.STORE);
    }

    /** Returns the directory where this scorer lays out the models it has loaded. */
    Path modelDirectory() {
        return Path.of(settings.string(CommonConfig.CACHE), "scorer", modelName(), settings.string(INSTANCE))
                .toAbsolutePath();
    }

    int partitions() {
        return settings.integer(CommonConfig.PARTITIONS);
    }

    int batchSize() {
        return settings.integer(BATCH_SIZE);
    }

    ModelOptions modelOptions() {
        return new ModelOptions(settings.integer(MAX_TOKENS), ModelOptions.DEFAULTS.seed(), settings.integer(THREADS))
                .withPrecision(Precision.of(settings.string(ModelSettings.PRECISION)))
                .withDevice(settings.string(ModelSettings.DEVICE));
    }

    Objective objective() {
        return Objective.of(settings.string(ModelSettings.OBJECTIVE));
    }

    String instance() {
        return settings.string(INSTANCE);
    }

    /** Returns all that was given, for the registry's and the store's own settings. */
    Map<String, String> given() {
        return given;
    }

    Map<String, String> passThrough(String prefix) {
        return settings.passThrough(prefix);
    }
}
