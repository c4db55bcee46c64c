package io.freshet.trainer;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.freshet.core.config.CommonConfig;
import io.freshet.core.config.ModelSettings;
import io.freshet.core.config.Settings;
import io.freshet.model.ModelOptions;
import io.freshet.schemas.RegistryConfig;
import io.freshet.schemas.Topic;
import io.freshet.trainer.checkpoint.CheckpointRule;
import io.freshet.trainer.checkpoint.Sha256;
import io.freshet.trainer.cut.CutLimits;
import io.freshet.trainer.learn.LearnerSettings;
import io.freshet.trainer.learn.Strategy;
import io.freshet.trainer.learn.WarmUp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
    public static final String STRATEGY = "trainer.strategy";
    public static final String MEMORY_LIMIT = "trainer.memory.limit.mb";
    public static final String RESTARTS = "trainer.restarts.max";
    public static final String BATCH_SIZE = "batch.size";
    public static final String BATCH_TOKENS = "batch.tokens";
    public static final String BATCH_STEPS = "batch.steps";
    public static final String BATCH_LINGER = "batch.linger.ms";
    public static final String LEARNING_RATE = "learning.rate";
    public static final String HEAD_LEARNING_RATE = "learning.rate.head";
    public static final String WARM_UP = "learning.warmup.steps";
    public static final String WEIGHT_DECAY = "learning.weight.decay";
    public static final String CLIP_NORM = "learning.clip.norm";
    public static final String LABELS_MAX = "labels.max";
    public static final String REPLAY_SIZE = "replay.size";
    public static final String REPLAY_RATIO = "replay.ratio";
    public static final String CHECKPOINT_EXAMPLES = "checkpoint.every.examples";
    public static final String CHECKPOINT_EVERY = "checkpoint.every.ms";
    public static final String CHECKPOINT_IDLE = "checkpoint.idle.ms";
    public static final String METRICS_STEPS = "metrics.every.steps";

    public static final ConfigDef DEFINITION = definition();

    /** The settings that decide the weights, besides the examples and the starting model. */
    private static final List<String> DECISIVE = List.of(
            SEED,
            MAX_TOKENS,
            STRATEGY,
            BATCH_SIZE,
            BATCH_TOKENS,
            BATCH_STEPS,
            LEARNING_RATE,
            HEAD_LEARNING_RATE,
            WARM_UP,
            WEIGHT_DECAY,
            CLIP_NORM,
            LABELS_MAX,
            REPLAY_SIZE,
            REPLAY_RATIO);

    private final Map<String, String> given;
    private final Settings settings;

    private TrainerConfig(Map<String, String> given, Settings settings) {
        this.given = Map.copyOf(given);
        this.settings = settings;
    }

    /**
     * Reads and checks flat settings.
     *
     * @throws io.freshet.core.config.ConfigException naming every problem at once
     */
    public static TrainerConfig from(Map<String, String> given) {
        return new TrainerConfig(given, Settings.read(DEFINITION, given));
    }

    private static ConfigDef definition() {
        ConfigDef definition = RegistryConfig.addTo(ModelSettings.addEngineTo(
                ModelSettings.addObjectiveTo(CommonConfig.addStoreTo(CommonConfig.addTo(new ConfigDef())))));
        return checkpoints(replay(learning(batches(process(definition)))));
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
                        STRATEGY,
                        Type.STRING,
                        Strategy.REPLAY.key(),
                        ValidString.in(Strategy.NAIVE.key(), Strategy.REPLAY.key()),
                        MEDIUM,
                        "How forgetting is fought: replay mixes examples of a replay memory into every step; naive learns from new examples alone.")
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
                        "How often in a row, without a checkpoint between, the trainer drops its weights after an error of Kafka or the store and goes on from the newest checkpoint, before it gives up.");
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
                        BATCH_LINGER,
                        Type.LONG,
                        500L,
                        Range.atLeast(0),
                        MEDIUM,
                        "How long a micro-batch that is not full waits for more examples, milliseconds.");
    }

    private static ConfigDef learning(ConfigDef definition) {
        return definition
                .define(
                        LEARNING_RATE,
                        Type.DOUBLE,
                        1e-3,
                        Range.between(1e-9, 1.0),
                        HIGH,
                        "AdamW's learning rate after the warm-up. The default suits a small model that starts from random weights; a pretrained one wants 2e-5 to 5e-5.")
                .define(
                        HEAD_LEARNING_RATE,
                        Type.DOUBLE,
                        1e-3,
                        Range.between(1e-9, 1.0),
                        HIGH,
                        "Learning rate of the classification head after the warm-up.")
                .define(
                        WARM_UP,
                        Type.LONG,
                        50L,
                        Range.atLeast(0),
                        MEDIUM,
                        "Steps over which the learning rates rise linearly from 0; they are constant then.")
                .define(
                        WEIGHT_DECAY,
                        Type.DOUBLE,
                        0.01,
                        Range.between(0, 1),
                        LOW,
                        "AdamW's decoupled weight decay; biases and normalisation weights have none.")
                .define(
                        CLIP_NORM,
                        Type.DOUBLE,
                        1.0,
                        Range.between(1e-6, 1e9),
                        MEDIUM,
                        "Largest global norm of the gradient; larger ones are scaled down to it.")
                .define(
                        LABELS_MAX,
                        Type.INT,
                        1_000,
                        Range.between(1, 1_000_000),
                        MEDIUM,
                        "Most labels the head grows to; an example of a further one is rejected with label.limit.");
    }

    private static ConfigDef replay(ConfigDef definition) {
        return definition
                .define(
                        REPLAY_SIZE,
                        Type.INT,
                        5_000,
                        Range.between(0, 10_000_000),
                        MEDIUM,
                        "Examples in the replay memory, a uniform sample of all learned from; 0 turns replay off.")
                .define(
                        REPLAY_RATIO,
                        Type.DOUBLE,
                        3.0,
                        Range.between(0, 100),
                        HIGH,
                        "Replayed examples mixed into a step for each new one; 0 turns replay off.");
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
        return new ModelOptions(settings.integer(MAX_TOKENS), settings.number(SEED), settings.integer(THREADS));
    }

    long memoryLimitMib() {
        return settings.number(MEMORY_LIMIT);
    }

    int restarts() {
        return settings.integer(RESTARTS);
    }

    CutLimits cutLimits() {
        return new CutLimits(settings.integer(BATCH_SIZE), settings.integer(BATCH_TOKENS));
    }

    Duration linger() {
        return Duration.ofMillis(settings.number(BATCH_LINGER));
    }

    LearnerSettings learner() {
        long warmUp = settings.number(WARM_UP);
        return new LearnerSettings(
                settings.number(SEED),
                new WarmUp(settings.decimal(LEARNING_RATE), warmUp),
                new WarmUp(settings.decimal(HEAD_LEARNING_RATE), warmUp),
                settings.decimal(WEIGHT_DECAY),
                settings.decimal(CLIP_NORM),
                settings.integer(BATCH_STEPS),
                settings.integer(LABELS_MAX),
                new LearnerSettings.Replay(
                        Strategy.valueOf(settings.string(STRATEGY).toUpperCase(Locale.ROOT)),
                        settings.integer(REPLAY_SIZE),
                        settings.decimal(REPLAY_RATIO)));
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
        return Sha256.of(text.toString());
    }
}
