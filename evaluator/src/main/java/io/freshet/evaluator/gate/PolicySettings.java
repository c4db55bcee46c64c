package io.freshet.evaluator.gate;

import io.freshet.core.config.ConfigException;
import io.freshet.core.config.ModelSettings;
import io.freshet.core.config.Settings;
import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.evaluator.policy.PolicyFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The gate's policy from its settings: out of the file that they name, or out of the settings themselves. */
final class PolicySettings {

    /** A setting that a policy file says too. */
    private record Twin(String setting, String path, ToDoubleFunction<GatePolicy> value) {}

    private static final List<Twin> TWINS = List.of(
            new Twin(GateConfig.ALPHA, "alpha", GatePolicy::alpha),
            new Twin(GateConfig.FUTILITY_ALPHA, "futility-alpha", GatePolicy::futilityAlpha),
            new Twin(GateConfig.PAIRS_MIN, "pairs.min", GatePolicy::minPairs),
            new Twin(GateConfig.PAIRS_MAX, "pairs.max", GatePolicy::maxPairs),
            new Twin(GateConfig.PATIENCE, "pairs.patience", GatePolicy::patience),
            new Twin(GateConfig.LOOKBACK, "lookback", GatePolicy::lookback),
            new Twin(
                    GateConfig.MARGIN_BITS,
                    "primary.margin",
                    policy -> policy.primary().margin()));

    private PolicySettings() {}

    /**
     * Returns the policy of the file that was named; empty where none was.
     *
     * @param given all settings as they were given, sound or not
     * @throws ConfigException naming everything that is wrong with the file, and every setting that was given beside it and says
     *     something else
     */
    static Optional<GatePolicy> file(Map<String, String> given) {
        String name = given.getOrDefault(GateConfig.POLICY, "").trim();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String objective = given.getOrDefault(ModelSettings.OBJECTIVE, ModelSettings.CLASSIFICATION);
        boolean known = ModelSettings.OBJECTIVES.contains(objective); // whether it is, is said elsewhere
        GatePolicy policy = PolicyFile.read(Path.of(name), known ? objective : ModelSettings.CLASSIFICATION);
        List<String> problems = new ArrayList<>();
        for (Twin twin : TWINS) {
            String text = given.get(twin.setting);
            double inFile = twin.value.applyAsDouble(policy);
            if (text != null && !equal(text, inFile)) {
                problems.add(
                        "%s = %s contradicts %s = %s of the policy file %s; remove the setting, or change one of them"
                                .formatted(twin.setting, text, twin.path, inFile, name));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return Optional.of(policy);
    }

    /** Returns the policy that the settings say by themselves. */
    static GatePolicy plain(Settings settings) {
        return new GatePolicy(
                settings.decimal(GateConfig.ALPHA),
                settings.decimal(GateConfig.FUTILITY_ALPHA),
                settings.number(GateConfig.PAIRS_MIN),
                settings.number(GateConfig.PAIRS_MAX),
                settings.number(GateConfig.PATIENCE),
                settings.integer(GateConfig.LOOKBACK),
                settings.string(ModelSettings.OBJECTIVE),
                settings.decimal(GateConfig.MARGIN_BITS));
    }

    private static boolean equal(String text, double value) {
        try {
            return Double.parseDouble(text.trim()) == value;
        } catch (NumberFormatException e) {
            return true; // that it is no number is said elsewhere
        }
    }
}
