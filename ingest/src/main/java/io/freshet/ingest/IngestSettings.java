package io.freshet.ingest;

import io.freshet.core.config.CommonConfig;
import io.freshet.core.config.ModelSettings;
import io.freshet.core.config.Settings;
import io.freshet.core.config.SettingsRule;
import io.freshet.schemas.RegistryConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.streams.StreamsConfig;

/** Keys, defaults and documentation of the ingest service's settings, and the rules between them. */
final class IngestSettings {

    static final String TEXT_MAX_CHARACTERS = "ingest.text.max.characters";
    static final String RECORD_MAX_BYTES = "ingest.record.max.bytes";
    static final String LABEL_REQUIRED = "ingest.label.required";
    static final String LABELS_ALLOWED = "ingest.labels.allowed";
    static final String LABELS_PATTERN = "ingest.labels.pattern";
    static final String LABELS_WAIT = "ingest.labels.wait.ms";
    static final String FUTURE_LIMIT = "ingest.time.future.max.ms";
    static final String HELD_OUT_FRACTION = "ingest.heldout.fraction";
    static final String HELD_OUT_SALT = "ingest.heldout.salt";
    static final String DUPLICATE_WINDOW = "ingest.duplicate.window.ms";
    static final String STORE_PARTITIONS = "ingest.store.partitions";
    static final String STATE_DIRECTORY = "ingest.state.directory";
    static final String INSTANCE_ID = "ingest.instance.id";

    /** Streams settings that exactness rests on; the service sets them itself. */
    private static final List<String> OWN = List.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.STATE_DIR_CONFIG);

    private IngestSettings() {}

    static ConfigDef definition() {
        ConfigDef definition = RegistryConfig.addTo(ModelSettings.addObjectiveTo(CommonConfig.addTo(new ConfigDef())));
        addLimits(definition);
        addSplit(definition);
        addLabels(definition);
        addOperation(definition);
        return definition;
    }

    private static void addLimits(ConfigDef definition) {
        definition
                .define(
                        TEXT_MAX_CHARACTERS,
                        Type.INT,
                        20_000,
                        Range.atLeast(1),
                        Importance.MEDIUM,
                        "Unicode characters that a text may have; a longer one is rejected with text.too.long.")
                .define(
                        RECORD_MAX_BYTES,
                        Type.INT,
                        1_000_000,
                        Range.between(1_000, 64 << 20),
                        Importance.LOW,
                        "Bytes that the value of a record may have; a larger one is rejected with record.too.large, its"
                                + " bytes cut to so many. The broker's max.message.bytes must leave 2,000 bytes more.")
                .define(
                        LABEL_REQUIRED,
                        Type.BOOLEAN,
                        true,
                        Importance.MEDIUM,
                        "Whether an example without a label is rejected with label.missing; never where it waits for one"
                                + " (ingest.labels.wait.ms), nor where the objective is a language model's, which learns"
                                + " from texts alone.")
                .define(
                        LABELS_ALLOWED,
                        Type.LIST,
                        "",
                        Importance.MEDIUM,
                        "The labels that are admitted, separated by commas; empty for any. Others: label.not.allowed.")
                .define(
                        LABELS_PATTERN,
                        Type.STRING,
                        "",
                        LambdaValidator.with(IngestSettings::requireRegularExpression, () -> "a regular expression"),
                        Importance.MEDIUM,
                        "Regular expression that the whole of a label must match; empty for any. Excludes the list.")
                .define(
                        FUTURE_LIMIT,
                        Type.LONG,
                        Duration.ofHours(1).toMillis(),
                        Range.atLeast(0),
                        Importance.LOW,
                        "How far an event's time may be ahead of the time at which the broker appended it,"
                                + " milliseconds; beyond that: time.future.");
    }

    private static void addSplit(ConfigDef definition) {
        definition
                .define(
                        HELD_OUT_FRACTION,
                        Type.DOUBLE,
                        0.1,
                        Range.between(0, 0.5),
                        Importance.HIGH,
                        "Share of examples that is never learned from, only scored on. Fixed by the first start.")
                .define(
                        HELD_OUT_SALT,
                        Type.STRING,
                        "freshet",
                        Importance.MEDIUM,
                        "Mixed into the hash that decides what is held out. Fixed by the first start.")
                .define(
                        DUPLICATE_WINDOW,
                        Type.LONG,
                        Duration.ofDays(7).toMillis(),
                        Range.atLeast(1),
                        Importance.MEDIUM,
                        "How long a repeated id is recognised, milliseconds between the times of appending.");
    }

    private static void addLabels(ConfigDef definition) {
        definition.define(
                LABELS_WAIT,
                Type.LONG,
                0,
                Range.atLeast(0),
                Importance.HIGH,
                "How long an example without a label waits for one on the topic labels, and how long a label may be"
                        + " corrected, milliseconds between the times of appending; such examples are kept for as long. 0"
                        + " leaves the topic unread. At most the duplicate window. Of no effect for a language model.");
    }

    private static void addOperation(ConfigDef definition) {
        definition
                .define(
                        STORE_PARTITIONS,
                        Type.INT,
                        1,
                        Range.atLeast(1),
                        Importance.MEDIUM,
                        "Partitions of the stores of ids and texts. With 1, examples keep the order in which they were"
                                + " received (to the letter where examples.partitions is 1 too). More spread the work"
                                + " over instances, mix the order and add a step through Kafka. Fixed by the first start.")
                .define(
                        STATE_DIRECTORY,
                        Type.STRING,
                        "freshet-data/ingest",
                        new NonEmptyString(),
                        Importance.MEDIUM,
                        "Directory of the stores; one for each instance. What is lost there is restored from Kafka.")
                .define(
                        INSTANCE_ID,
                        Type.STRING,
                        "ingest-1",
                        new NonEmptyString(),
                        Importance.MEDIUM,
                        "Names this instance; each needs its own, the same after a restart, so that its work waits for it.");
    }

    static SettingsRule[] rules() {
        return new SettingsRule[] {
            new SettingsRule(
                    Set.of(LABELS_ALLOWED, LABELS_PATTERN),
                    s -> s.list(LABELS_ALLOWED).isEmpty()
                                    || s.optional(LABELS_PATTERN).isEmpty()
                            ? Optional.empty()
                            : Optional.of("%s and %s are both set; remove one of them"
                                    .formatted(LABELS_ALLOWED, LABELS_PATTERN))),
            new SettingsRule(
                    Set.of(LABELS_WAIT, DUPLICATE_WINDOW),
                    s -> s.number(LABELS_WAIT) <= s.number(DUPLICATE_WINDOW)
                            ? Optional.empty()
                            : Optional.of(
                                    "%s = %d is more than %s = %d: an id must be recognised for as long as its label is waited for; raise the window or wait less"
                                            .formatted(
                                                    LABELS_WAIT,
                                                    s.number(LABELS_WAIT),
                                                    DUPLICATE_WINDOW,
                                                    s.number(DUPLICATE_WINDOW)))),
            new SettingsRule(Set.of(), IngestSettings::ownSettingsPassedThrough)
        };
    }

    private static Optional<String> ownSettingsPassedThrough(Settings settings) {
        List<String> given = OWN.stream()
                .filter(settings.passThrough("streams.")::containsKey)
                .toList();
        return given.isEmpty()
                ? Optional.empty()
                : Optional.of("streams.%s is set by the service itself; remove it"
                        .formatted(String.join(", streams.", given)));
    }

    private static void requireRegularExpression(String key, Object value) {
        try {
            Pattern.compile(String.valueOf(value));
        } catch (PatternSyntaxException e) {
            throw new org.apache.kafka.common.config.ConfigException(
                    key, value, "not a regular expression: " + e.getDescription());
        }
    }
}
