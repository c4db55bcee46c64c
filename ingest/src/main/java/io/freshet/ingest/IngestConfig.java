package io.freshet.ingest;

import io.freshet.core.config.CommonConfig;
import io.freshet.core.config.ModelSettings;
import io.freshet.core.config.Settings;
import io.freshet.ingest.admission.AdmissionLimits;
import io.freshet.schemas.split.HeldOutSplit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Settings of the ingest service.
 *
 * @param modelName prefixes topics, group and transactional ids
 * @param partitions of the topics of examples
 * @param storePartitions of the stores of ids and texts; 1 keeps the order of examples
 * @param limits what an example must keep to by itself
 * @param recordMaxBytes bytes that the value of a record may have
 * @param split which examples are held out
 * @param duplicateWindow how long an id is remembered, in the time at which the broker appended it
 * @param labelsWait how long examples and labels wait for each other, and corrections are accepted; zero if they don't
 * @param stateDirectory where the stores are kept
 * @param instanceId names this instance among those of the service
 * @param settings all of the above and what passes through to the clients
 */
public record IngestConfig(
        String modelName,
        int partitions,
        int storePartitions,
        AdmissionLimits limits,
        int recordMaxBytes,
        HeldOutSplit split,
        Duration duplicateWindow,
        Duration labelsWait,
        Path stateDirectory,
        String instanceId,
        Settings settings) {

    public static final ConfigDef DEFINITION = IngestSettings.definition();

    /**
     * Reads the settings of the ingest service.
     *
     * @throws io.freshet.core.config.ConfigException naming every problem at once
     */
    public static IngestConfig from(Map<String, String> given) {
        Settings s = Settings.read(DEFINITION, given, IngestSettings.rules());
        return new IngestConfig(
                s.string(CommonConfig.MODEL_NAME),
                s.integer(CommonConfig.PARTITIONS),
                s.integer(IngestSettings.STORE_PARTITIONS),
                new AdmissionLimits(
                        s.integer(IngestSettings.TEXT_MAX_CHARACTERS),
                        ModelSettings.needsLabels(s)
                                && s.flag(IngestSettings.LABEL_REQUIRED)
                                && labelsWait(s).isZero(),
                        Set.copyOf(s.list(IngestSettings.LABELS_ALLOWED)),
                        s.optional(IngestSettings.LABELS_PATTERN).map(Pattern::compile),
                        Duration.ofMillis(s.number(IngestSettings.FUTURE_LIMIT))),
                s.integer(IngestSettings.RECORD_MAX_BYTES),
                new HeldOutSplit(s.decimal(IngestSettings.HELD_OUT_FRACTION), s.string(IngestSettings.HELD_OUT_SALT)),
                Duration.ofMillis(s.number(IngestSettings.DUPLICATE_WINDOW)),
                labelsWait(s),
                Path.of(s.string(IngestSettings.STATE_DIRECTORY)),
                s.string(IngestSettings.INSTANCE_ID),
                s);
    }

    /** Examples of a language model need no label, so that none waits. */
    private static Duration labelsWait(Settings s) {
        return ModelSettings.needsLabels(s) ? Duration.ofMillis(s.number(IngestSettings.LABELS_WAIT)) : Duration.ZERO;
    }

    /** Returns whether labels may come by themselves. */
    boolean waitsForLabels() {
        return !labelsWait.isZero();
    }

    /** Group of the service, and prefix of its internal topics. */
    String applicationId() {
        return applicationId(modelName);
    }

    static String applicationId(String modelName) {
        return modelName + ".ingest";
    }

    /** Returns whether every example passes through one task, so that nothing need be partitioned again. */
    boolean singleTask() {
        return partitions == 1 && storePartitions == 1;
    }
}
