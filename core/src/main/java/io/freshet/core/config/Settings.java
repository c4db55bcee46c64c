package io.freshet.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Values of one {@link ConfigDef}, all of them checked before any is used.
 *
 * <p>Keys that begin with {@code producer.}, {@code consumer.}, {@code admin.} or {@code streams.} are not defined here;
 * they pass through to the Kafka client of that kind, see {@link #passThrough}.
 */
public final class Settings {

    private static final List<String> PASS_THROUGH = List.of("producer.", "consumer.", "admin.", "streams.");

    private final AbstractConfig values;
    private final Map<String, String> originals;

    private Settings(AbstractConfig values, Map<String, String> originals) {
        this.values = values;
        this.originals = originals;
    }

    /**
     * Checks {@code given} against {@code definition}.
     *
     * @throws ConfigException naming every malformed, out-of-range, missing and unknown key at once
     */
    public static Settings read(ConfigDef definition, Map<String, String> given) {
        List<String> problems = new ArrayList<>();
        for (ConfigValue value : definition.validate(given)) {
            problems.addAll(value.errorMessages());
        }
        for (String key : new TreeMap<>(given).keySet()) {
            boolean known =
                    definition.names().contains(key) || PASS_THROUGH.stream().anyMatch(key::startsWith);
            if (!known) {
                problems.add(UnknownKey.describe(key, definition.names()));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new Settings(new AbstractConfig(definition, given, false), Map.copyOf(given));
    }

    public String string(String key) {
        return values.getString(key);
    }

    public int integer(String key) {
        return values.getInt(key);
    }

    public long number(String key) {
        return values.getLong(key);
    }

    public double decimal(String key) {
        return values.getDouble(key);
    }

    public boolean flag(String key) {
        return values.getBoolean(key);
    }

    public List<String> list(String key) {
        return values.getList(key);
    }

    /** Returns what was given under {@code prefix} (for example {@code producer.}), the prefix removed. */
    public Map<String, String> passThrough(String prefix) {
        Map<String, String> result = new TreeMap<>();
        originals.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                result.put(key.substring(prefix.length()), value);
            }
        });
        return result;
    }
}
