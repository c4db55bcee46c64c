package io.freshet.trainer;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.freshet.core.config.Settings;
import io.freshet.trainer.learn.DiscriminantPlan;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings of the discriminant beside the transformer: keys, defaults, documentation, and what they make. */
final class DiscriminantSettings {

    static final String SHRINKAGE = "discriminant.shrinkage.examples";
    static final String LEXICAL = "discriminant.lexical.width";
    static final String KERNEL = "discriminant.kernel.width";
    static final String ENCODER = "discriminant.encoder.width";
    static final String CORRECTIONS = "discriminant.corrections";

    /** Those that decide what is learned: all of them. */
    static final List<String> DECISIVE = List.of(SHRINKAGE, LEXICAL, KERNEL, ENCODER, CORRECTIONS);

    private static final DiscriminantPlan USUAL = DiscriminantPlan.USUAL;

    private DiscriminantSettings() {}

    static ConfigDef addTo(ConfigDef definition) {
        return definition
                .define(
                        SHRINKAGE,
                        Type.DOUBLE,
                        USUAL.prior(),
                        Range.between(1e-3, 1e9),
                        MEDIUM,
                        "slda, kernel-slda, lexical-slda, ensemble: examples that the prior of the covariance counts as; more draw it further towards a sphere.")
                .define(
                        LEXICAL,
                        Type.INT,
                        USUAL.lexical(),
                        Range.between(1, 8_192),
                        MEDIUM,
                        "lexical-slda, ensemble: places that words, pairs of words and beginnings of words are hashed to. Time of a factorisation grows with the third power of all features together, memory with the second.")
                .define(
                        KERNEL,
                        Type.INT,
                        USUAL.kernel(),
                        Range.between(1, 8_192),
                        MEDIUM,
                        "kernel-slda: width of the random Fourier features.")
                .define(
                        ENCODER,
                        Type.INT,
                        USUAL.dense(),
                        Range.between(1, 4_096),
                        LOW,
                        "slda, lexical-slda, ensemble: an encoder's features, the width times one more than the layers, that are more than this are folded to this many.")
                .define(
                        CORRECTIONS,
                        Type.INT,
                        USUAL.corrections(),
                        Range.between(0, 10_000_000),
                        LOW,
                        "slda, kernel-slda, lexical-slda, ensemble: how many of the latest examples can be corrected: what was learned of them is taken back when another label comes. A correction of an older one is learned beside it.");
    }

    static DiscriminantPlan plan(Settings settings) {
        return new DiscriminantPlan(
                settings.decimal(SHRINKAGE),
                settings.integer(LEXICAL),
                settings.integer(KERNEL),
                settings.integer(ENCODER),
                settings.integer(CORRECTIONS));
    }
}
