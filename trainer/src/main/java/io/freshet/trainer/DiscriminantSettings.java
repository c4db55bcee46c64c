package io.freshet.trainer;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.freshet.core.config.Settings;
import io.freshet.model.discriminant.Blend;
import io.freshet.trainer.learn.DiscriminantPlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The settings of the discriminant beside the transformer: keys, defaults, documentation, and what they make. */
final class DiscriminantSettings {

    static final String SHRINKAGE = "discriminant.shrinkage.examples";
    static final String LEXICAL = "discriminant.lexical.width";
    static final String KERNEL = "discriminant.kernel.width";
    static final String ENCODER = "discriminant.encoder.width";
    static final String CORRECTIONS = "discriminant.corrections";
    static final String WEIGHT_TRANSFORMER = "ensemble.weight.transformer";
    static final String WEIGHT_DISCRIMINANT = "ensemble.weight.discriminant";
    static final String WEIGHT_LINEAR = "ensemble.weight.linear";
    static final String LINEAR_RATE = "ensemble.linear.rate";
    static final String PRIOR = "ensemble.prior";
    static final String REHEARSAL_SIZE = "ensemble.rehearsal.size";
    static final String REHEARSAL_RATIO = "ensemble.rehearsal.ratio";

    /** Those that decide what is learned: all of them. */
    static final List<String> DECISIVE = List.of(
            SHRINKAGE,
            LEXICAL,
            KERNEL,
            ENCODER,
            CORRECTIONS,
            WEIGHT_TRANSFORMER,
            WEIGHT_DISCRIMINANT,
            WEIGHT_LINEAR,
            LINEAR_RATE,
            PRIOR,
            REHEARSAL_SIZE,
            REHEARSAL_RATIO);

    static final Set<String> WEIGHTS = Set.of(WEIGHT_TRANSFORMER, WEIGHT_DISCRIMINANT, WEIGHT_LINEAR);

    private static final DiscriminantPlan USUAL = DiscriminantPlan.USUAL;

    private DiscriminantSettings() {}

    private static final String STREAM = "stream";
    private static final String OFF = "off";

    static ConfigDef addTo(ConfigDef definition) {
        return ensemble(discriminant(definition));
    }

    private static ConfigDef ensemble(ConfigDef definition) {
        Blend.Weights weights = USUAL.ensemble().weights();
        return definition
                .define(
                        WEIGHT_TRANSFORMER,
                        Type.DOUBLE,
                        weights.transformer(),
                        Range.between(0, 100),
                        MEDIUM,
                        "ensemble: what the transformer's log-probabilities count in the common answer; 0 leaves it as it is and does not ask it.")
                .define(
                        WEIGHT_DISCRIMINANT,
                        Type.DOUBLE,
                        weights.discriminant(),
                        Range.between(0, 100),
                        MEDIUM,
                        "ensemble: what the discriminant's logits count, which are some twenty times too sure.")
                .define(
                        WEIGHT_LINEAR,
                        Type.DOUBLE,
                        weights.linear(),
                        Range.between(0, 100),
                        MEDIUM,
                        "ensemble: what the log-probabilities of the linear softmax count, which learns example by example on the discriminant's features; 0 for none.")
                .define(
                        LINEAR_RATE,
                        Type.DOUBLE,
                        USUAL.ensemble().linearRate(),
                        Range.between(1e-6, 100),
                        LOW,
                        "ensemble: AdaGrad's learning rate of the linear softmax.")
                .define(
                        PRIOR,
                        Type.STRING,
                        STREAM,
                        ValidString.in(STREAM, OFF),
                        LOW,
                        "ensemble: stream lets the answers that prequential figures judge follow how often labels came lately and which head was right lately; checkpoints never do, because they answer on everything.")
                .define(
                        REHEARSAL_SIZE,
                        Type.INT,
                        USUAL.ensemble().rehearse().size(),
                        Range.between(0, 10_000_000),
                        MEDIUM,
                        "ensemble: most examples whose features are kept for the linear softmax to rehearse, about 3 kB each with the bundled encoder.")
                .define(
                        REHEARSAL_RATIO,
                        Type.INT,
                        USUAL.ensemble().rehearse().ratio(),
                        Range.between(0, 1_000),
                        MEDIUM,
                        "ensemble: examples that the linear softmax rehearses for each new one, from kept features.");
    }

    private static ConfigDef discriminant(ConfigDef definition) {
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
                settings.integer(CORRECTIONS),
                new DiscriminantPlan.Ensemble(
                        weights(settings),
                        settings.decimal(LINEAR_RATE),
                        settings.string(PRIOR).equals(STREAM),
                        new DiscriminantPlan.Rehearse(
                                settings.integer(REHEARSAL_SIZE), settings.integer(REHEARSAL_RATIO))));
    }

    private static Blend.Weights weights(Settings settings) {
        return new Blend.Weights(
                settings.decimal(WEIGHT_TRANSFORMER),
                settings.decimal(WEIGHT_DISCRIMINANT),
                settings.decimal(WEIGHT_LINEAR));
    }

    /** All heads without weight: nobody would answer. */
    static Optional<String> nobodyAnswers(Settings settings) {
        return settings.decimal(WEIGHT_TRANSFORMER) == 0
                        && settings.decimal(WEIGHT_DISCRIMINANT) == 0
                        && settings.decimal(WEIGHT_LINEAR) == 0
                ? Optional.of("%s, %s and %s are all 0, so that nobody answers; give one of them a weight"
                        .formatted(WEIGHT_TRANSFORMER, WEIGHT_DISCRIMINANT, WEIGHT_LINEAR))
                : Optional.empty();
    }
}
