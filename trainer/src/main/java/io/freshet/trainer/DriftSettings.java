package io.freshet.trainer;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.freshet.core.config.ModelSettings;
import io.freshet.core.config.Settings;
import io.freshet.core.config.SettingsRule;
import io.freshet.trainer.drift.Detection;
import io.freshet.trainer.drift.DriftPolicy;
import io.freshet.trainer.drift.Kswin;
import io.freshet.trainer.drift.Reaction;
import io.freshet.trainer.drift.Sensitivity;
import io.freshet.trainer.drift.Windows;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidList;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The settings of what watches the stream: keys, defaults, documentation, the rules between them, and what they make. */
final class DriftSettings {

    static final String DETECTOR = "drift.detector";
    static final String FEATURES = "drift.features";
    static final String REACTION = "drift.reaction";
    static final String LABEL_EXAMPLES = "drift.label.examples";
    static final String SHRINK_KEEP = "drift.shrink.keep";
    static final String SHRINK_LABELS = "drift.shrink.labels";
    static final String ADWIN_DELTA = "drift.adwin.delta";
    static final String PAGE_HINKLEY_SLACK = "drift.page.hinkley.slack";
    static final String PAGE_HINKLEY_THRESHOLD = "drift.page.hinkley.threshold";
    static final String DDM_LEVEL = "drift.ddm.level";
    static final String KSWIN_ALPHA = "drift.kswin.alpha";
    static final String KSWIN_WINDOW = "drift.kswin.window";
    static final String KSWIN_RECENT = "drift.kswin.recent";
    static final String FEATURES_ALPHA = "drift.features.alpha";
    static final String FEATURES_WINDOW = "drift.features.window";

    /** Those that decide the weights: all of them, since an alarm may change what is learned. */
    static final List<String> DECISIVE = List.of(
            DETECTOR,
            FEATURES,
            REACTION,
            LABEL_EXAMPLES,
            SHRINK_KEEP,
            SHRINK_LABELS,
            ADWIN_DELTA,
            PAGE_HINKLEY_SLACK,
            PAGE_HINKLEY_THRESHOLD,
            DDM_LEVEL,
            KSWIN_ALPHA,
            KSWIN_WINDOW,
            KSWIN_RECENT,
            FEATURES_ALPHA,
            FEATURES_WINDOW);

    private static final String OFF = "off";
    private static final String MMD = "mmd";
    private static final String CONTRADICTED = "contradicted";
    private static final String ALL = "all";
    private static final Range SHARE = Range.between(1e-12, 1 - 1e-12);

    private DriftSettings() {}

    static ConfigDef addTo(ConfigDef definition) {
        return features(detectors(reactions(definition)));
    }

    private static ConfigDef reactions(ConfigDef definition) {
        return definition
                .define(
                        DETECTOR,
                        Type.STRING,
                        Detection.ADWIN.key(),
                        ValidString.in(keys(Detection.values(), Detection::key)),
                        MEDIUM,
                        "What watches how wrong examples are predicted before they are learned from, and raises an alarm where that becomes worse: adwin, page-hinkley, ddm, kswin, or none. See docs/drift.md.")
                .define(
                        REACTION,
                        Type.LIST,
                        Reaction.ALARM.key(),
                        ValidList.in(keys(Reaction.values(), Reaction::key)),
                        MEDIUM,
                        "What follows an alarm, separated by commas: alarm (a record on training.metrics, always), rewarm (the learning rate's warm-up and schedule begin again), shrink (what the replay memory holds from before the change is dropped, as drift.shrink.labels and drift.shrink.keep say), candidate (a checkpoint is published at once).")
                .define(
                        LABEL_EXAMPLES,
                        Type.INT,
                        10,
                        Range.atLeast(1),
                        LOW,
                        "Examples of a label that are learned from before its predictions are watched: a new label is predicted wrongly although nothing has changed.")
                .define(
                        SHRINK_LABELS,
                        Type.STRING,
                        CONTRADICTED,
                        ValidString.in(CONTRADICTED, ALL),
                        LOW,
                        "Whose examples drift.reaction = shrink drops: those of labels whose predictions were mostly wrong since the change (contradicted), or of all labels (all). A language model has no labels: all are dropped.")
                .define(
                        SHRINK_KEEP,
                        Type.DOUBLE,
                        0.0,
                        Range.between(0, 1),
                        LOW,
                        "Share of the examples dropped by drift.reaction = shrink that stays nevertheless.");
    }

    private static ConfigDef detectors(ConfigDef definition) {
        Sensitivity usual = Sensitivity.DEFAULT;
        return definition
                .define(
                        ADWIN_DELTA,
                        Type.DOUBLE,
                        usual.adwinDelta(),
                        SHARE,
                        LOW,
                        "ADWIN's confidence: larger ones see changes earlier, and false ones more often.")
                .define(
                        PAGE_HINKLEY_SLACK,
                        Type.DOUBLE,
                        usual.slack(),
                        Range.between(1e-9, 1),
                        LOW,
                        "What the error may exceed its mean by before Page-Hinkley's sum grows: about half of the smallest change worth an alarm.")
                .define(
                        PAGE_HINKLEY_THRESHOLD,
                        Type.DOUBLE,
                        usual.threshold(),
                        Range.between(1e-9, 1e9),
                        LOW,
                        "Sum of what errors exceed their mean by, less the slack, at which Page-Hinkley sees a change.")
                .define(
                        DDM_LEVEL,
                        Type.DOUBLE,
                        usual.ddmLevel(),
                        Range.between(1e-9, 100),
                        LOW,
                        "Deviations by which DDM's error rate exceeds its lowest at a change. 3 is what the paper has, and raises many false alarms.")
                .define(
                        KSWIN_ALPHA,
                        Type.DOUBLE,
                        usual.kswin().alpha(),
                        SHARE,
                        LOW,
                        "Chance that one comparison of KSWIN sees a change where there is none; there is one an example.")
                .define(
                        KSWIN_WINDOW,
                        Type.INT,
                        usual.kswin().window(),
                        Range.between(2, 1_000_000),
                        LOW,
                        "Predictions in KSWIN's window.")
                .define(
                        KSWIN_RECENT,
                        Type.INT,
                        usual.kswin().recent(),
                        Range.between(1, 500_000),
                        LOW,
                        "How many of the newest of them are compared with as many older ones, at most half of drift.kswin.window.");
    }

    private static ConfigDef features(ConfigDef definition) {
        return definition
                .define(
                        FEATURES,
                        Type.STRING,
                        OFF,
                        ValidString.in(OFF, MMD),
                        MEDIUM,
                        "Whether texts are watched too, whatever their labels: a two-sample test on the encoder's features compares each window of texts with a reference window (mmd). It costs about two predictions an example; its alarms never shrink the replay memory.")
                .define(
                        FEATURES_ALPHA,
                        Type.DOUBLE,
                        DriftPolicy.OFF.windows().alpha(),
                        Range.between(1e-4, 0.5),
                        LOW,
                        "Chance that one comparison of windows of texts raises a false alarm.")
                .define(
                        FEATURES_WINDOW,
                        Type.INT,
                        DriftPolicy.OFF.windows().size(),
                        Range.between(10, 10_000),
                        LOW,
                        "Texts of each window. Two windows of texts are kept in checkpoints.");
    }

    private static <T> String[] keys(T[] values, Function<T, String> key) {
        return Arrays.stream(values).map(key).toArray(String[]::new);
    }

    static SettingsRule[] rules() {
        return new SettingsRule[] {
            new SettingsRule(Set.of(KSWIN_WINDOW, KSWIN_RECENT), DriftSettings::windowTooShort),
            new SettingsRule(Set.of(DETECTOR, ModelSettings.OBJECTIVE), DriftSettings::errorsOfNoClassifier)
        };
    }

    private static Optional<String> windowTooShort(Settings settings) {
        int window = settings.integer(KSWIN_WINDOW);
        int recent = settings.integer(KSWIN_RECENT);
        return 2L * recent > window
                ? Optional.of(
                        "%s = %d is more than half of %s = %d: there are not as many older predictions to compare with; lower it to %d at most"
                                .formatted(KSWIN_RECENT, recent, KSWIN_WINDOW, window, window / 2))
                : Optional.empty();
    }

    private static Optional<String> errorsOfNoClassifier(Settings settings) {
        return settings.string(DETECTOR).equals(Detection.DDM.key()) && !ModelSettings.needsLabels(settings)
                ? Optional.of(
                        "%s = ddm counts wrong answers, but %s = %s gives none; choose adwin, page-hinkley or kswin"
                                .formatted(DETECTOR, ModelSettings.OBJECTIVE, settings.string(ModelSettings.OBJECTIVE)))
                : Optional.empty();
    }

    static DriftPolicy policy(Settings settings) {
        EnumSet<Reaction> reactions = EnumSet.noneOf(Reaction.class);
        settings.list(REACTION).forEach(key -> reactions.add(Reaction.of(key)));
        return new DriftPolicy(
                Detection.of(settings.string(DETECTOR)),
                sensitivity(settings),
                settings.string(FEATURES).equals(MMD),
                new Windows(settings.decimal(FEATURES_ALPHA), settings.integer(FEATURES_WINDOW)),
                reactions,
                new DriftPolicy.Forgetting(
                        settings.decimal(SHRINK_KEEP),
                        settings.string(SHRINK_LABELS).equals(CONTRADICTED)),
                settings.integer(LABEL_EXAMPLES));
    }

    private static Sensitivity sensitivity(Settings settings) {
        return new Sensitivity(
                settings.decimal(ADWIN_DELTA),
                settings.decimal(PAGE_HINKLEY_SLACK),
                settings.decimal(PAGE_HINKLEY_THRESHOLD),
                settings.decimal(DDM_LEVEL),
                new Kswin.Shape(
                        settings.decimal(KSWIN_ALPHA), settings.integer(KSWIN_WINDOW), settings.integer(KSWIN_RECENT)));
    }
}
