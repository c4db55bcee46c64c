package io.freshet.core.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * Values of one {@link ConfigDef}, all of them checked before any is used.
 *
 * <p>Keys that begin with {@code producer.}, {@code consumer.}, {@code admin.} or {@code streams.} are not defined here;
 * they pass through to the Kafka client of that kind, see {@link #passThrough}.
 */
public final class Settings {

    private static final List<String> PASS_THROUGH = List.of("producer.", "consumer.", "admin.", "streams.");

    private final Map<String, @Nullable Object> values;
    private final Map<String, String> originals;

    private Settings(Map<String, @Nullable Object> values, Map<String, String> originals) {
        this.values = values;
        this.originals = originals;
    }

    /**
     * Checks {@code given} against {@code definition} and then against {@code rules}.
     *
     * @param rules rules between settings; each is applied when its own keys are sound, whatever is wrong elsewhere
     * @throws ConfigException naming every malformed, out-of-range, missing and unknown key and every broken rule at once
     */
    public static Settings read(ConfigDef definition, Map<String, String> given, SettingsRule... rules) {
        List<String> problems = new ArrayList<>();
        Map<String, @Nullable Object> sound = new HashMap<>();
        for (ConfigValue value : definition.validate(given)) {
            if (value.errorMessages().isEmpty()) {
                sound.put(value.name(), value.value());
            } else {
                // A value that does not parse also fails its range check: the first message is the cause.
                problems.add(value.errorMessages().get(0));
            }
        }
        for (String key : new TreeMap<>(given).keySet()) {
            if (!definition.names().contains(key) && PASS_THROUGH.stream().noneMatch(key::startsWith)) {
                problems.add(UnknownKey.describe(key, definition.names()));
            }
        }
        Settings settings = new Settings(sound, Map.copyOf(given));
        for (SettingsRule rule : rules) {
            if (sound.keySet().containsAll(rule.keys())) {
                rule.check().apply(settings).ifPresent(problems::add);
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return settings;
    }

    public String string(String key) {
        return value(key, String.class);
    }

    /** Returns the string, or nothing where it is empty or the default is null. */
    public Optional<String> optional(String key) {
        Object value = values.get(known(key));
        return value == null || value.equals("") ? Optional.empty() : Optional.of(string(key));
    }

    public int integer(String key) {
        return value(key, Integer.class);
    }

    public long number(String key) {
        return value(key, Long.class);
    }

    public double decimal(String key) {
        return value(key, Double.class);
    }

    public boolean flag(String key) {
        return value(key, Boolean.class);
    }

    public List<String> list(String key) {
        return ((List<?>) value(key, List.class)).stream().map(String::valueOf).toList();
    }

    /** Returns the secret in the clear, or nothing where it is empty; hand it to the client that needs it, never to a log. */
    public Optional<String> secret(String key) {
        Object value = values.get(known(key));
        return value == null || ((Password) value).value().isEmpty()
                ? Optional.empty()
                : Optional.of(((Password) value).value());
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

    /** Returns what was given under {@code prefix} with whole keys, for a reader of its own such as the registry client. */
    public Map<String, String> startingWith(String prefix) {
        Map<String, String> result = new TreeMap<>(originals);
        result.keySet().removeIf(key -> !key.startsWith(prefix));
        return result;
    }

    /**
     * Returns every defined setting in the order of its key, for a log at start. Secrets are redacted, and of what passes
     * through to Kafka only the keys are shown, because nothing here knows which of those are secret.
     */
    @Override
    public String toString() {
        Map<String, String> shown = new TreeMap<>();
        originals.keySet().forEach(key -> shown.put(key, Password.HIDDEN));
        values.forEach((key, value) -> shown.put(key, String.valueOf(value)));
        return shown.toString();
    }

    private <T> T value(String key, Class<T> type) {
        Object value = values.get(known(key));
        if (value == null) {
            throw new IllegalArgumentException("setting %s has no value".formatted(key));
        }
        return type.cast(value);
    }

    private String known(String key) {
        if (!values.containsKey(key)) {
            throw new IllegalArgumentException("setting %s is not part of this definition".formatted(key));
        }
        return key;
    }
}
