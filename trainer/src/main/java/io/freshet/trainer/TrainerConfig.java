package io.freshet.trainer;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.freshet.core.config.CommonConfig;
import io.freshet.core.config.ModelSettings;
import io.freshet.core.config.Settings;
import io.freshet.core.config.SettingsRule;
import io.freshet.model.ModelOptions;
import io.freshet.model.Objective;
import io.freshet.model.Precision;
import io.freshet.schemas.RegistryConfig;
import io.freshet.schemas.Topic;
import io.freshet.trainer.checkpoint.CheckpointRule;
import io.freshet.trainer.checkpoint.Sha256;
import io.freshet.trainer.cut.CutLimits;
import io.freshet.trainer.learn.ClassWeights;
import io.freshet.trainer.learn.LearnerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** Settings of the trainer, validated. */
public final class TrainerConfig {

    public static final String MODEL = "trainer.model";
    public static final String SEED = "trainer.seed";
    public static final String THREADS = "trainer.threads";
    public static final String MAX_TOKENS = "trainer.max.tokens";
    public static final String STRATEGY = StrategySettings.STRATEGY;
    public static final String REPLAY_SIZE = StrategySettings.REPLAY_SIZE;
    public static final String REPLAY_RATIO = StrategySettings.REPLAY_RATIO;
    public static final String MEMORY_LIMIT = "trainer.memory.limit.mb";
    public static final String RESTARTS = "trainer.restarts.max";
    public static final String ROLLBACK = "trainer.rollback";
    public static final String ROLLBACK_OWN = "own";
    public static final String ROLLBACK_CHAMPION = "champion";
    public static final String BATCH_SIZE = "batch.size";
    public static final String BATCH_TOKENS = "batch.tokens";
    public static final String BATCH_STEPS = "batch.steps";
    public static final String BATCH_ACCUMULATION = "batch.accumulation";
    public static final String BATCH_COMPUTE_TOKENS = "batch.compute.tokens";
    public static final String BATCH_WINDOW = "batch.window";
    public static final String BATCH_LINGER = "batch.linger.ms";
    public static final String LABELS_MAX = "labels.max";
    public static final String CHECKPOINT_EXAMPLES = "checkpoint.every.examples";
    public static final String CHECKPOINT_EVERY = "checkpoint.every.ms";
    public static final String CHECKPOINT_IDLE = "checkpoint.idle.ms";
    public static final String METRICS_STEPS = "metrics.every.steps";

    public static final ConfigDef DEFINITION = definition();

    /** The settings that decide the weights, besides the examples and the starting model. */
    private static final List<String> DECISIVE = Stream.of(
                    List.of(
                            ModelSettings.OBJECTIVE,
                            ModelSettings.PRECISION,
                            ModelSettings.DEVICE,
                            SEED,
                            MAX_TOKENS,
                            BATCH_SIZE,
                            BATCH_TOKENS,
                            BATCH_STEPS,
                            BATCH_ACCUMULATION,
                            BATCH_COMPUTE_TOKENS,
                            BATCH_WINDOW),
                    TuningSettings.DECISIVE,
                    LearningSettings.DECISIVE,
                    DriftSettings.DECISIVE,
                    StrategySettings.DECISIVE,
                    DiscriminantSettings.DECISIVE,
                    List.of(LABELS_MAX))
            .flatMap(List::stream)
            .toList();

    private final Map<String, String> given;
    private final Settings settings;

    private final ClassWeights classWeights;

    private TrainerConfig(Map<String, String> given, Settings settings) {
        this.given = Map.copyOf(given);
        this.settings = settings;
        try {
            this.classWeights = LearningSettings.classWeights(settings);
        } catch (IOException e) {
            throw new UncheckedIOException("a file of settings changed while it was read", e);
        }
    }

    /**
     * Reads and checks flat settings.
     *
     * @throws io.freshet.core.config.ConfigException naming every problem at once
     */
    public static TrainerConfig from(Map<String, String> given) {
        return new TrainerConfig(given, Settings.read(DEFINITION, given, rules()));
    }

    private static SettingsRule[] rules() {
        return Stream.of(LearningSettings.rules(), DriftSettings.rules(), StrategyRules.all())
                .flatMap(Stream::of)
                .toArray(SettingsRule[]::new);
    }

    private static ConfigDef definition() {
        ConfigDef definition = RegistryConfig.addTo(ModelSettings.addEngineTo(
                ModelSettings.addObjectiveTo(CommonConfig.addStoreTo(CommonConfig.addTo(new ConfigDef())))));
        return checkpoints(DiscriminantSettings.addTo(StrategySettings.addTo(labels(
                DriftSettings.addTo(LearningSettings.addTo(batches(TuningSettings.addTo(process(definition)))))))));
    }

    private static ConfigDef process(ConfigDef definition) {
        return definition
                .define(
                        MODEL,
                        Type.STRING,
                        "",
                        HIGH,
                        "Directory of the starting model, in Hugging Face's layout. Read at the first start only, when there is no checkpoint yet.")
                .define(
                        SEED,
                        Type.LONG,
                        17,
                        MEDIUM,
                        "Seed of dropout, of new rows of the head and of the replay memory.")
                .define(
                        THREADS,
                        Type.INT,
                        0,
                        Range.between(0, 1024),
                        MEDIUM,
                        "Threads of the engine; 0 takes half of the processors, at least one. Another number can change the last bits of the weights.")
                .define(
                        MAX_TOKENS,
                        Type.INT,
                        128,
                        Range.between(3, 1_000_000),
                        MEDIUM,
                        "Longest encoded text, special tokens included; longer ones are cut. Cut to the model's own maximum.")
                .define(
                        MEMORY_LIMIT,
                        Type.LONG,
                        0L,
                        Range.atLeast(0),
                        LOW,
                        "Resident memory of the process, in MiB, beyond which the trainer writes a checkpoint and stops; 0 for no limit.")
                .define(
                        RESTARTS,
                        Type.INT,
                        10,
                        Range.atLeast(0),
                        LOW,
                        "How often in a row, without a checkpoint between, the trainer drops its weights after an error of Kafka or the store and goes on from the newest checkpoint, before it gives up.")
                .define(
                        ROLLBACK,
                        Type.STRING,
                        ROLLBACK_OWN,
                        ValidString.in(ROLLBACK_OWN, ROLLBACK_CHAMPION),
                        MEDIUM,
                        "What a rollback does to training. own: nothing, it goes on from its own weights. champion: it goes on from the weights, the optimizer and the replay memory of the champion brought back, at the offsets where it is; what lies between is not learned again. A rollback that reigns when this is set to champion is followed too.");
    }

    private static ConfigDef batches(ConfigDef definition) {
        return definition
                .define(BATCH_SIZE, Type.INT, 16, Range.atLeast(1), HIGH, "New examples in a micro-batch.")
                .define(
                        BATCH_TOKENS,
                        Type.INT,
                        16_384,
                        Range.atLeast(1),
                        MEDIUM,
                        "Most tokens of new examples in a micro-batch; a single example may exceed it.")
                .define(
                        BATCH_STEPS,
                        Type.INT,
                        1,
                        Range.between(1, 100),
                        MEDIUM,
                        "Optimizer steps on each micro-batch; each draws its own replayed examples.")
                .define(
                        BATCH_ACCUMULATION,
                        Type.INT,
                        1,
                        Range.between(1, 1_000),
                        MEDIUM,
                        "Micro-batches whose gradients are summed for one optimizer step, which has as many times batch.size new examples: a larger step in the memory of a smaller one.")
                .define(
                        BATCH_COMPUTE_TOKENS,
                        Type.INT,
                        0,
                        Range.atLeast(0),
                        MEDIUM,
                        "Most tokens computed at once, padding and replayed examples included: a larger step is cut into parts of texts of like length whose gradients are summed, which bounds memory and saves padding. 0 for no limit.")
                .define(
                        BATCH_WINDOW,
                        Type.INT,
                        1,
                        Range.between(1, 1_000),
                        MEDIUM,
                        "Steps' worth of new examples that are cut at once, sorted by length and divided again, so that little of a micro-batch is padding; batch.tokens counts padding then. 1 leaves them as they came. Checkpoints and metrics come between windows.")
                .define(
                        BATCH_LINGER,
                        Type.LONG,
                        500L,
                        Range.atLeast(0),
                        MEDIUM,
                        "How long a micro-batch that is not full waits for more examples, milliseconds.");
    }

    private static ConfigDef labels(ConfigDef definition) {
        return definition.define(
                LABELS_MAX,
                Type.INT,
                1_000,
                Range.between(1, 1_000_000),
                MEDIUM,
                "Most labels the head grows to; an example of a further one is rejected with label.limit.");
    }

    private static ConfigDef checkpoints(ConfigDef definition) {
        return definition
                .define(
                        CHECKPOINT_EXAMPLES,
                        Type.LONG,
                        2_000L,
                        Range.atLeast(1),
                        HIGH,
                        "A checkpoint is due after so many examples.")
                .define(
                        CHECKPOINT_EVERY,
                        Type.LONG,
                        60_000L,
                        Range.atLeast(1),
                        MEDIUM,
                        "A checkpoint is due after so long, if anything was learned, milliseconds.")
                .define(
                        CHECKPOINT_IDLE,
                        Type.LONG,
                        2_000L,
                        Range.atLeast(1),
                        MEDIUM,
                        "A checkpoint is due when nothing arrived for so long and something was learned before, milliseconds.")
                .define(
                        METRICS_STEPS,
                        Type.INT,
                        1,
                        Range.atLeast(1),
                        LOW,
                        "The topic training.metrics gets a record after every so many micro-batches.");
    }

    String bootstrapServers() {
        return settings.string(CommonConfig.BOOTSTRAP_SERVERS);
    }

    String registryUrl() {
        return settings.string(CommonConfig.REGISTRY_URL);
    }

    /** Returns the settings of the registry's client: every key that begins with {@code schema.registry.}. */
    Map<String, String> registrySettings() {
        Map<String, String> own = new TreeMap<>(given);
        own.keySet().removeIf(key -> !key.startsWith(RegistryConfig.PREFIX) || key.equals(CommonConfig.REGISTRY_URL));
        return own;
    }

    String modelName() {
        return settings.string(CommonConfig.MODEL_NAME);
    }

    /** Returns the transactional id, which is also the consumer group: one trainer a model. */
    String identity() {
        return modelName() + "-trainer";
    }

    String topic(Topic topic) {
        return topic.of(modelName());
    }

    String store() {
        return settings.string(CommonConfig.STORE);
    }

    /** Returns everything that was given, for the store's own settings. */
    Map<String, String> given() {
        return given;
    }

    int partitions() {
        return settings.integer(CommonConfig.PARTITIONS);
    }

    Map<String, String> passThrough(String prefix) {
        return settings.passThrough(prefix);
    }

    Path scratch() {
        return Path.of(settings.string(CommonConfig.CACHE)).resolve(identity());
    }

    /** Returns the directory of the starting model; empty where none was given. */
    String startingModel() {
        return settings.string(MODEL);
    }

    ModelOptions modelOptions() {
        return new ModelOptions(settings.integer(MAX_TOKENS), settings.number(SEED), settings.integer(THREADS))
                .withPrecision(Precision.of(settings.string(ModelSettings.PRECISION)))
                .withTuning(TuningSettings.tuning(settings))
                .withDevice(settings.string(ModelSettings.DEVICE));
    }

    long memoryLimitMib() {
        return settings.number(MEMORY_LIMIT);
    }

    int restarts() {
        return settings.integer(RESTARTS);
    }

    Objective objective() {
        return Objective.of(settings.string(ModelSettings.OBJECTIVE));
    }

    /** Returns the limits of what is cut at once. */
    CutLimits cutLimits() {
        return batches().ofCut();
    }

    private LearnerSettings.Batches batches() {
        return new LearnerSettings.Batches(
                new CutLimits(settings.integer(BATCH_SIZE), settings.integer(BATCH_TOKENS)),
                settings.integer(BATCH_ACCUMULATION),
                settings.integer(BATCH_COMPUTE_TOKENS),
                settings.integer(BATCH_WINDOW),
                settings.integer(BATCH_STEPS));
    }

    Duration linger() {
        return Duration.ofMillis(settings.number(BATCH_LINGER));
    }

    LearnerSettings learner() {
        return new LearnerSettings(
                objective(),
                settings.number(SEED),
                LearningSettings.optimizer(settings),
                new LearnerSettings.Loss(settings.decimal(LearningSettings.LABEL_SMOOTHING), classWeights),
                batches(),
                settings.integer(LABELS_MAX),
                StrategySettings.plan(settings),
                DriftSettings.policy(settings));
    }

    /** Returns whether a rollback of the champion is one of the weights that are trained. */
    boolean followsRollbacks() {
        return settings.string(ROLLBACK).equals(ROLLBACK_CHAMPION);
    }

    CheckpointRule checkpointRule() {
        return new CheckpointRule(
                settings.number(CHECKPOINT_EXAMPLES),
                Duration.ofMillis(settings.number(CHECKPOINT_EVERY)),
                Duration.ofMillis(settings.number(CHECKPOINT_IDLE)));
    }

    int metricsEvery() {
        return settings.integer(METRICS_STEPS);
    }

    /** Returns the SHA-256 of the settings that affect the weights, one line {@code key=value} each, in hexadecimal. */
    String hash() {
        Map<String, Object> values = DEFINITION.parse(given);
        StringBuilder text = new StringBuilder();
        DECISIVE.forEach(
                key -> text.append(key).append('=').append(values.get(key)).append('\n'));
        text.append(classWeights).append('\n'); // what the file says, not only its name
        return Sha256.of(text.toString());
    }
}
