package io.freshet.trainer;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.freshet.core.config.Settings;
import io.freshet.model.Tuning;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** The settings of which weights are trained: keys, defaults, documentation, and what they make. */
final class TuningSettings {

    static final String TUNING = "trainer.tuning";
    static final String LORA_RANK = "trainer.lora.rank";
    static final String LORA_ALPHA = "trainer.lora.alpha";
    static final String LORA_DROPOUT = "trainer.lora.dropout";
    static final String LORA_TARGETS = "trainer.lora.targets";

    /** Those that decide the weights: all of them. */
    static final List<String> DECISIVE = List.of(TUNING, LORA_RANK, LORA_ALPHA, LORA_DROPOUT, LORA_TARGETS);

    private static final Pattern CHOICE = Pattern.compile("full|head|lora|top:([1-9]\\d{0,3})");

    private TuningSettings() {}

    static ConfigDef addTo(ConfigDef definition) {
        return definition
                .define(
                        TUNING,
                        Type.STRING,
                        "full",
                        LambdaValidator.with(
                                TuningSettings::requireChoice, () -> "full, head, top:K or lora, for example top:2"),
                        HIGH,
                        "Which weights are trained: all of them (full), the head alone (head), the head and the last K layers (top:K), or low-rank adapters beside frozen weights, and the head (lora). What is frozen costs neither time nor memory in a step.")
                .define(
                        LORA_RANK,
                        Type.INT,
                        8,
                        Range.between(1, 1024),
                        MEDIUM,
                        "Inner width of an adapter, where trainer.tuning = lora.")
                .define(
                        LORA_ALPHA,
                        Type.DOUBLE,
                        16.0,
                        Range.between(1e-3, 1e4),
                        MEDIUM,
                        "What an adapter adds is multiplied by this over the rank, where trainer.tuning = lora.")
                .define(
                        LORA_DROPOUT,
                        Type.DOUBLE,
                        0.0,
                        Range.between(0, 0.99),
                        LOW,
                        "Dropout before an adapter, where trainer.tuning = lora.")
                .define(
                        LORA_TARGETS,
                        Type.LIST,
                        "",
                        MEDIUM,
                        "Projections that get an adapter, by the last part of their name and separated by commas, for example query,value; empty for the usual ones of the model's family. Where trainer.tuning = lora.");
    }

    static Tuning tuning(Settings settings) {
        String choice = settings.string(TUNING);
        Matcher top = CHOICE.matcher(choice);
        if (top.matches() && top.group(1) != null) {
            return new Tuning.TopLayers(Integer.parseInt(top.group(1)));
        }
        return switch (choice) {
            case "head" -> new Tuning.HeadOnly();
            case "lora" ->
                new Tuning.Lora(
                        settings.integer(LORA_RANK),
                        settings.decimal(LORA_ALPHA),
                        settings.decimal(LORA_DROPOUT),
                        settings.list(LORA_TARGETS));
            default -> new Tuning.Full();
        };
    }

    private static void requireChoice(String key, Object value) {
        if (!CHOICE.matcher(String.valueOf(value)).matches()) {
            throw new ConfigException(
                    key, value, "must be full, head, lora or top:K with the number of layers, for example top:2");
        }
    }
}
