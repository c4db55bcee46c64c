package io.freshet.cli.services;

import io.freshet.core.config.ConfigException;
import io.freshet.core.config.Settings;
import io.freshet.core.lifecycle.Service;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;

/** One set of settings for all services of one process: each takes what it understands, and every key must be somebody's. */
public record SettingsForAll(Map<String, String> values) {

    private static final List<String> PASS_THROUGH = List.of("producer.", "consumer.", "admin.", "streams.");

    public SettingsForAll {
        values = Map.copyOf(values);
    }

    static boolean passesThrough(String key) {
        return PASS_THROUGH.stream().anyMatch(key::startsWith);
    }

    /**
     * Checks everything without starting anything.
     *
     * @throws UnusableSettingsException naming every problem of every service at once
     */
    public void check() {
        Set<String> problems = new LinkedHashSet<>();
        collect(problems, () -> Settings.read(union(), values));
        for (ServiceKind kind : ServiceKind.values()) {
            collect(problems, () -> kind.make(kind.own(values)));
        }
        if (!problems.isEmpty()) {
            throw new UnusableSettingsException(List.copyOf(problems));
        }
    }

    /** Makes the services, in the order in which they are to be started. */
    public Map<ServiceKind, Service> make() {
        Map<ServiceKind, Service> services = new TreeMap<>();
        for (ServiceKind kind : ServiceKind.values()) {
            services.put(kind, kind.make(kind.own(values)));
        }
        return services;
    }

    private static ConfigDef union() {
        ConfigDef union = new ConfigDef();
        List<ConfigDef.ConfigKey> keys = new ArrayList<>();
        for (ServiceKind kind : ServiceKind.values()) {
            keys.addAll(kind.definition().configKeys().values());
        }
        for (ConfigDef.ConfigKey key : keys) {
            if (!union.configKeys().containsKey(key.name)) {
                union.define(key);
            }
        }
        return union;
    }

    private static void collect(Set<String> problems, Runnable check) {
        try {
            check.run();
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        } catch (org.apache.kafka.common.config.ConfigException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }
}
