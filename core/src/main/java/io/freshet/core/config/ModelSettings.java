package io.freshet.core.config;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** Settings about the model that several services must have the same. */
public final class ModelSettings {

    public static final String OBJECTIVE = "objective";
    public static final String PRECISION = "precision";
    public static final String DEVICE = "device";

    /** The objective whose examples need labels. */
    public static final String CLASSIFICATION = "classification";

    public static final String MASKED_LM = "masked-lm";
    public static final String CAUSAL_LM = "causal-lm";

    /** Every objective, as it is written in a configuration and in a manifest. */
    public static final List<String> OBJECTIVES = List.of(CLASSIFICATION, MASKED_LM, CAUSAL_LM);

    private ModelSettings() {}

    /** Adds what the model learns to do, for the services that admit, learn from or score examples. */
    public static ConfigDef addObjectiveTo(ConfigDef definition) {
        return definition.define(
                OBJECTIVE,
                Type.STRING,
                CLASSIFICATION,
                ValidString.in(OBJECTIVES.toArray(String[]::new)),
                Importance.HIGH,
                "What the model learns: the labels of texts (classification), masked tokens (masked-lm) or the next"
                        + " token (causal-lm). The last two need no labels. All services must have the same.");
    }

    /** Adds what the model computes on, for the services that load one. */
    public static ConfigDef addEngineTo(ConfigDef definition) {
        return definition
                .define(
                        PRECISION,
                        Type.STRING,
                        "fp32",
                        ValidString.in("fp32", "bf16", "auto"),
                        Importance.MEDIUM,
                        "Numbers that matrices are multiplied in; weights are kept in fp32 whatever is chosen. auto takes"
                                + " bf16 where the hardware has it.")
                .define(
                        DEVICE,
                        Type.STRING,
                        "auto",
                        ConfigDef.LambdaValidator.with(
                                ModelSettings::requireDevice, () -> "auto, cpu or cuda:N, for example cuda:0"),
                        Importance.MEDIUM,
                        "Where the model computes: cpu, a GPU (cuda:0), or auto for the first GPU where there is one.");
    }

    /** Returns whether the objective in {@code settings} learns from labels. */
    public static boolean needsLabels(Settings settings) {
        return settings.string(OBJECTIVE).equals(CLASSIFICATION);
    }

    private static void requireDevice(String key, Object value) {
        if (!String.valueOf(value).matches("auto|cpu|cuda:\\d{1,3}")) {
            throw new org.apache.kafka.common.config.ConfigException(
                    key, value, "must be auto, cpu or cuda:N with the number of a GPU, for example cuda:0");
        }
    }
}
