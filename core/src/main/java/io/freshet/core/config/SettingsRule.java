package io.freshet.core.config;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A rule between settings, such as "both or neither".
 *
 * @param keys settings that the rule reads; it is not applied when one of them is unusable by itself
 * @param check returns the problem (keys, values, rule, remedy), or nothing
 */
public record SettingsRule(Set<String> keys, Function<Settings, Optional<String>> check) {
    public SettingsRule {
        keys = Set.copyOf(keys);
    }
}
