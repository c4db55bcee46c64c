package io.freshet.core.config;

import java.util.List;

/** The configuration is unusable; the message lists every problem found, not just the first. */
public final class ConfigException extends RuntimeException {

    private final transient List<String> problems;

    /** @param problems each with its key, value, rule and remedy; at least one */
    public ConfigException(List<String> problems) {
        super(problems.size() + " configuration problem(s):\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
