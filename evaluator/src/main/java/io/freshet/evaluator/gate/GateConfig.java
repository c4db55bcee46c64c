package io.freshet.evaluator.gate;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.freshet.core.config.CommonConfig;
import io.freshet.core.config.ModelSettings;
import io.freshet.core.config.Settings;
import io.freshet.core.config.SettingsRule;
import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.schemas.RegistryConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the gate, validated. */
public final class GateConfig {

    public static final String POLICY = "gate.policy";
    public static final String ALPHA = "gate.alpha";
    public static final String FUTILITY_ALPHA = "gate.futility.alpha";
    public static final String PAIRS_MIN = "gate.pairs.min";
    public static final String PAIRS_MAX = "gate.pairs.max";
    public static final String PATIENCE = "gate.pairs.patience";
    public static final String LOOKBACK = "gate.lookback";
    public static final String MARGIN_BITS = "gate.margin.bits";
    public static final String EVALUATION_EVERY = "gate.evaluation.every";
    public static final String COMMIT_INTERVAL = "gate.commit.interval.ms";
    public static final String STATE_DIRECTORY = "gate.state.directory";
    public static final String INSTANCE = "gate.instance";
    public static final String CONTROL_KEYS = "control.keys";

    public static final ConfigDef DEFINITION =
            process(evidence(RegistryConfig.addTo(ModelSettings.addObjectiveTo(CommonConfig.addTo(new ConfigDef())))));

    private static final SettingsRule MIN_WITHIN_MAX = new SettingsRule(
            Set.of(PAIRS_MIN, PAIRS_MAX),
            settings -> settings.number(PAIRS_MIN) <= settings.number(PAIRS_MAX)
                    ? Optional.empty()
                    : Optional.of("%s = %d is above %s = %d; lower the first or raise the second"
                            .formatted(PAIRS_MIN, settings.number(PAIRS_MIN), PAIRS_MAX, settings.number(PAIRS_MAX))));

    private static final SettingsRule MARGIN_OF_LANGUAGE_MODELS = new SettingsRule(
            Set.of(ModelSettings.OBJECTIVE, MARGIN_BITS),
            settings -> settings.decimal(MARGIN_BITS) == 0 || !ModelSettings.needsLabels(settings)
                    ? Optional.empty()
                    : Optional.of("%s = %s is for language models, but %s = %s; remove it or set %s to one of %s"
                            .formatted(
                                    MARGIN_BITS,
                                    settings.decimal(MARGIN_BITS),
                                    ModelSettings.OBJECTIVE,
                                    ModelSettings.CLASSIFICATION,
                                    ModelSettings.OBJECTIVE,
                                    List.of(ModelSettings.MASKED_LM, ModelSettings.CAUSAL_LM))));

    private final Map<String, String> given;
    private final Settings settings;
    private final GatePolicy policy;

    private GateConfig(Map<String, String> given, Settings settings, GatePolicy policy) {
        this.given = Map.copyOf(given);
        this.settings = settings;
        this.policy = policy;
    }

    /**
     * Reads and checks flat settings and the policy file that they name.
     *
     * @throws io.freshet.core.config.ConfigException naming every problem of both at once
     */
    public static GateConfig from(Map<String, String> given) {
        List<String> problems = new ArrayList<>();
        Optional<GatePolicy> file = Optional.empty();
        try {
            file = PolicySettings.file(given);
        } catch (io.freshet.core.config.ConfigException e) {
            problems.addAll(e.problems());
        }
        Settings settings = read(given, problems);
        return new GateConfig(given, settings, file.orElseGet(() -> PolicySettings.plain(settings)));
    }

    /** @param problems those of the policy file */
    private static Settings read(Map<String, String> given, List<String> problems) {
        try {
            Settings settings =
                    Settings.read(DEFINITION, given, MIN_WITHIN_MAX, MARGIN_OF_LANGUAGE_MODELS, ControlKeys.RULE);
            if (problems.isEmpty()) {
                return settings;
            }
        } catch (io.freshet.core.config.ConfigException e) {
            problems.addAll(0, e.problems());
        }
        throw new io.freshet.core.config.ConfigException(problems);
    }

    private static ConfigDef evidence(ConfigDef definition) {
        return definition
                .define(
                        POLICY,
                        Type.STRING,
                        "",
                        HIGH,
                        "Policy file (YAML, see promotion.md): what a candidate must show, guards, slices, anchor, watch. Empty: the policy that the other settings of the gate make.")
                .define(
                        ALPHA,
                        Type.DOUBLE,
                        GatePolicy.DEFAULTS.alpha(),
                        probability(),
                        HIGH,
                        "Bound on the share of promotions that are false (false discovery rate), in (0, 1).")
                .define(
                        FUTILITY_ALPHA,
                        Type.DOUBLE,
                        GatePolicy.DEFAULTS.futilityAlpha(),
                        probability(),
                        LOW,
                        "A trial ends as futile when the e-value against the candidate reaches 1 over this, in (0, 1).")
                .define(
                        PAIRS_MIN,
                        Type.LONG,
                        GatePolicy.DEFAULTS.minPairs(),
                        Range.atLeast(1),
                        HIGH,
                        "Pairs of scores before which a trial decides nothing.")
                .define(
                        PAIRS_MAX,
                        Type.LONG,
                        GatePolicy.DEFAULTS.maxPairs(),
                        Range.atLeast(1),
                        HIGH,
                        "Pairs of scores after which an undecided trial ends and the champion stays.")
                .define(
                        PATIENCE,
                        Type.LONG,
                        GatePolicy.DEFAULTS.patience(),
                        Range.atLeast(1),
                        MEDIUM,
                        "Pairs from which on a trial yields to a newer candidate, if it is undecided after every held-out example there is. Above gate.pairs.max it never does.")
                .define(
                        LOOKBACK,
                        Type.INT,
                        GatePolicy.DEFAULTS.lookback(),
                        Range.between(0, 1_000_000),
                        MEDIUM,
                        "Newest held-out examples that a trial may begin with when it opens.")
                .define(
                        MARGIN_BITS,
                        Type.DOUBLE,
                        GatePolicy.DEFAULTS.marginBits(),
                        Range.between(0, 30),
                        MEDIUM,
                        "Bits per token by which a language model must be better than the champion to be promoted.")
                .define(
                        EVALUATION_EVERY,
                        Type.LONG,
                        100L,
                        Range.atLeast(1),
                        LOW,
                        "Pairs between two evaluations published on an open trial.");
    }

    private static ConfigDef process(ConfigDef definition) {
        return definition
                .define(
                        COMMIT_INTERVAL,
                        Type.LONG,
                        100L,
                        Range.atLeast(1),
                        LOW,
                        "Time between two transactions of the gate, milliseconds; what it says is visible after each.")
                .define(
                        STATE_DIRECTORY,
                        Type.STRING,
                        System.getProperty("java.io.tmpdir") + "/freshet-gate",
                        new NonEmptyString(),
                        MEDIUM,
                        "Local directory of Kafka Streams.")
                .define(
                        INSTANCE,
                        Type.STRING,
                        "gate-1",
                        new NonEmptyString(),
                        LOW,
                        "Name of this process among the gates of the model; keep it over restarts, so that one is back at once.")
                .define(
                        CONTROL_KEYS,
                        Type.LIST,
                        List.of(),
                        MEDIUM,
                        "Who may command the gate: name:path of each one's public key (Ed25519, PEM), separated by commas. Empty: commands need no signature.");
    }

    private static LambdaValidator probability() {
        return LambdaValidator.with(
                (key, value) -> {
                    if (!(value instanceof Double p && p > 0 && p < 1)) { // written so that NaN fails too
                        throw new ConfigException(key, value, "must be above 0 and below 1");
                    }
                },
                () -> "(0,...,1)");
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

    int partitions() {
        return settings.integer(CommonConfig.PARTITIONS);
    }

    public GatePolicy policy() {
        return policy;
    }

    /** Returns the check of commands, with the keys as the files hold them now. */
    CommandCheck commandCheck() {
        return CommandCheck.of(modelName(), ControlKeys.read(settings.list(CONTROL_KEYS)));
    }

    long evaluationEvery() {
        return settings.number(EVALUATION_EVERY);
    }

    long commitIntervalMillis() {
        return settings.number(COMMIT_INTERVAL);
    }

    String stateDirectory() {
        return settings.string(STATE_DIRECTORY);
    }

    String instance() {
        return settings.string(INSTANCE);
    }

    /** Returns all that was given, for the registry's own settings. */
    Map<String, String> given() {
        return given;
    }

    Map<String, String> passThrough(String prefix) {
        return settings.passThrough(prefix);
    }
}
