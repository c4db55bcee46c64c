package io.freshet.schemas;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What one topic must be.
 *
 * @param topic which of the model's topics
 * @param name its name on the cluster
 * @param key what the record key, a string, holds
 * @param partitions how many, at least 1
 * @param cleanup what becomes of old records
 * @param retention how long records are kept at least; empty for ever. Applies to {@link Cleanup#DELETE} only
 * @param timestamps whose clock stamps the records
 */
public record TopicSpec(
        Topic topic,
        String name,
        String key,
        int partitions,
        Cleanup cleanup,
        Optional<Duration> retention,
        Timestamps timestamps) {

    /** What becomes of old records. */
    public enum Cleanup {
        /** Deleted when older than the retention. */
        DELETE("delete"),
        /** The newest record of each key is kept. */
        COMPACT("compact");

        private final String setting;

        Cleanup(String setting) {
            this.setting = setting;
        }
    }

    /** Whose clock stamps the records. */
    public enum Timestamps {
        PRODUCER("CreateTime"),
        BROKER("LogAppendTime");

        private final String setting;

        Timestamps(String setting) {
            this.setting = setting;
        }
    }

    public TopicSpec {
        if (partitions < 1) {
            throw new IllegalArgumentException("topic %s with %d partitions; at least 1".formatted(name, partitions));
        }
        if (cleanup == Cleanup.COMPACT && retention.isPresent()) {
            throw new IllegalArgumentException("topic %s is compacted and cannot have a retention".formatted(name));
        }
    }

    /** The topic's settings as Kafka has them. */
    public Map<String, String> configs() {
        Map<String, String> configs = new TreeMap<>();
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.setting);
        configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, timestamps.setting);
        if (cleanup == Cleanup.DELETE) {
            configs.put(
                    TopicConfig.RETENTION_MS_CONFIG,
                    retention.map(time -> Long.toString(time.toMillis())).orElse("-1"));
            configs.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
        }
        return configs;
    }
}
