package io.freshet.trainer;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.freshet.core.config.ModelSettings;
import io.freshet.core.config.Settings;
import io.freshet.core.config.SettingsRule;
import io.freshet.trainer.learn.ClassWeights;
import io.freshet.trainer.learn.ClassWeightsFile;
import io.freshet.trainer.learn.LearnerSettings;
import io.freshet.trainer.learn.Schedule;
import io.freshet.trainer.learn.Schedule.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The settings of the optimizer and the loss: keys, defaults, documentation, the rules between them, and what they make. */
final class LearningSettings {

    static final String RATE = "learning.rate";
    static final String HEAD_RATE = "learning.rate.head";
    static final String SCHEDULE = "learning.rate.schedule";
    static final String HORIZON = "learning.rate.horizon.steps";
    static final String FLOOR = "learning.rate.floor";
    static final String WARM_UP = "learning.warmup.steps";
    static final String WEIGHT_DECAY = "learning.weight.decay";
    static final String CLIP_NORM = "learning.clip.norm";
    static final String LABEL_SMOOTHING = "learning.label.smoothing";
    static final String CLASS_WEIGHTS = "learning.class.weights";
    static final String EMA_DECAY = "learning.ema.decay";

    /** Those that decide the weights: all of them. */
    static final List<String> DECISIVE = List.of(
            RATE,
            HEAD_RATE,
            SCHEDULE,
            HORIZON,
            FLOOR,
            WARM_UP,
            WEIGHT_DECAY,
            CLIP_NORM,
            LABEL_SMOOTHING,
            CLASS_WEIGHTS,
            EMA_DECAY);

    private static final String BALANCED = "balanced";

    private LearningSettings() {}

    static ConfigDef addTo(ConfigDef definition) {
        return loss(optimizer(rates(definition)));
    }

    private static ConfigDef rates(ConfigDef definition) {
        return definition
                .define(
                        RATE,
                        Type.DOUBLE,
                        5e-4,
                        Range.between(1e-9, 1.0),
                        HIGH,
                        "AdamW's learning rate after the warm-up. The default suits small models such as the encoder that comes with Freshet; a large pretrained one wants 2e-5 to 5e-5.")
                .define(
                        HEAD_RATE,
                        Type.DOUBLE,
                        3e-3,
                        Range.between(1e-9, 1.0),
                        HIGH,
                        "Learning rate of the head after the warm-up.")
                .define(
                        SCHEDULE,
                        Type.STRING,
                        Shape.CONSTANT.key(),
                        ValidString.in(
                                Arrays.stream(Shape.values()).map(Shape::key).toArray(String[]::new)),
                        MEDIUM,
                        "What the learning rates do after the warm-up: stay (constant), fall along a cosine to learning.rate.floor at step learning.rate.horizon.steps, or fall with the inverse square root of the step.")
                .define(
                        HORIZON,
                        Type.LONG,
                        0L,
                        Range.atLeast(0),
                        MEDIUM,
                        "Step at which a cosine has fallen to its floor; above learning.warmup.steps. A stream has no end by itself: without a horizon there is no cosine.")
                .define(
                        FLOOR,
                        Type.DOUBLE,
                        0.1,
                        Range.between(0, 1),
                        LOW,
                        "Share of the learning rate that a cosine falls to and stays at, so that a stream that goes on is still learned from.")
                .define(
                        WARM_UP,
                        Type.LONG,
                        50L,
                        Range.atLeast(0),
                        MEDIUM,
                        "Steps over which the learning rates rise linearly from 0.");
    }

    private static ConfigDef optimizer(ConfigDef definition) {
        return definition
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
                        EMA_DECAY,
                        Type.DOUBLE,
                        0.0,
                        Range.between(0, 0.999999),
                        MEDIUM,
                        "Share of the average of the weights that is kept at each step; 0 for no average. With one, the average is what checkpoints publish and predictions are made with, while the weights themselves go on learning. 0.99 averages over about 100 steps.");
    }

    private static ConfigDef loss(ConfigDef definition) {
        return definition
                .define(
                        LABEL_SMOOTHING,
                        Type.DOUBLE,
                        0.0,
                        Range.between(0, 0.99),
                        LOW,
                        "Share of each target that is spread over all labels, or over the whole vocabulary of a language model; 0 for none.")
                .define(
                        CLASS_WEIGHTS,
                        Type.STRING,
                        "",
                        LOW,
                        "How much the examples of a label count in the loss: empty for all the same, balanced for the inverse of how often each was seen so far (within a tenth and ten times), or a JSON file {\"label\": weight} in which a label that is not named counts 1.");
    }

    static SettingsRule[] rules() {
        return new SettingsRule[] {
            new SettingsRule(Set.of(SCHEDULE, HORIZON, WARM_UP), LearningSettings::unfinishedCosine),
            new SettingsRule(Set.of(SCHEDULE, WARM_UP), LearningSettings::inverseRootFromNowhere),
            new SettingsRule(Set.of(CLASS_WEIGHTS), LearningSettings::unreadableClassWeights),
            new SettingsRule(Set.of(CLASS_WEIGHTS, ModelSettings.OBJECTIVE), LearningSettings::weightsOfNoClasses)
        };
    }

    private static Optional<String> unfinishedCosine(Settings settings) {
        long horizon = settings.number(HORIZON);
        long warmUp = settings.number(WARM_UP);
        return settings.string(SCHEDULE).equals(Shape.COSINE.key()) && horizon <= warmUp
                ? Optional.of(
                        "%s = cosine needs an end: %s = %d is not above %s = %d; set it to the step at which the rate has fallen to its floor"
                                .formatted(SCHEDULE, HORIZON, horizon, WARM_UP, warmUp))
                : Optional.empty();
    }

    private static Optional<String> inverseRootFromNowhere(Settings settings) {
        return settings.string(SCHEDULE).equals(Shape.INVERSE_SQRT.key()) && settings.number(WARM_UP) < 1
                ? Optional.of(
                        "%s = inverse-sqrt falls from the end of the warm-up on, but %s = 0; give it at least 1 step"
                                .formatted(SCHEDULE, WARM_UP))
                : Optional.empty();
    }

    private static Optional<String> unreadableClassWeights(Settings settings) {
        try {
            classWeights(settings);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("%s = %s: %s; give balanced, or a JSON file {\"label\": weight}"
                    .formatted(CLASS_WEIGHTS, settings.string(CLASS_WEIGHTS), e.getMessage()));
        }
    }

    private static Optional<String> weightsOfNoClasses(Settings settings) {
        return settings.optional(CLASS_WEIGHTS).isPresent() && !ModelSettings.needsLabels(settings)
                ? Optional.of("%s = %s weighs labels, but %s = %s learns from none; remove it"
                        .formatted(
                                CLASS_WEIGHTS,
                                settings.string(CLASS_WEIGHTS),
                                ModelSettings.OBJECTIVE,
                                settings.string(ModelSettings.OBJECTIVE)))
                : Optional.empty();
    }

    static LearnerSettings.Optimizer optimizer(Settings settings) {
        return new LearnerSettings.Optimizer(
                schedule(settings, RATE),
                schedule(settings, HEAD_RATE),
                settings.decimal(WEIGHT_DECAY),
                settings.decimal(CLIP_NORM),
                settings.decimal(EMA_DECAY));
    }

    private static Schedule schedule(Settings settings, String rate) {
        return new Schedule(
                Shape.of(settings.string(SCHEDULE)),
                settings.decimal(rate),
                settings.number(WARM_UP),
                settings.number(HORIZON),
                settings.decimal(FLOOR));
    }

    /** @throws IOException if the file that is named cannot be read */
    static ClassWeights classWeights(Settings settings) throws IOException {
        String value = settings.string(CLASS_WEIGHTS);
        if (value.isEmpty()) {
            return new ClassWeights.Equal();
        }
        return value.equals(BALANCED) ? new ClassWeights.Balanced() : ClassWeightsFile.read(Path.of(value));
    }
}
