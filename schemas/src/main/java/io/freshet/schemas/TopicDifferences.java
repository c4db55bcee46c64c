package io.freshet.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares a topic as it is with what the catalogue wants. */
final class TopicDifferences {

    private TopicDifferences() {}

    /**
     * Returns what differs, each with its remedy; empty if nothing does. Records may be kept longer than wanted, never
     * shorter.
     */
    static List<String> of(TopicSpec wanted, int partitions, Map<String, String> configs) {
        List<String> differences = new ArrayList<>();
        if (partitions != wanted.partitions()) {
            differences.add(
                    "%s has %d partitions, wanted are %d; set the partitions of the catalogue to what the topic has, or use another model.name"
                            .formatted(wanted.name(), partitions, wanted.partitions()));
        }
        wanted.configs().forEach((setting, value) -> {
            String found = configs.getOrDefault(setting, "nothing");
            boolean met = setting.startsWith("retention.") ? atLeast(found, value) : found.equals(value);
            if (!met) {
                differences.add(
                        "%s has %s=%s, wanted is %s; run kafka-configs.sh --alter --entity-type topics --entity-name %s --add-config %s=%s"
                                .formatted(wanted.name(), setting, found, value, wanted.name(), setting, value));
            }
        });
        return differences;
    }

    /** Whether a retention is at least as long as another; -1 is endless. */
    private static boolean atLeast(String found, String wanted) {
        if (found.equals("-1") || found.equals(wanted)) {
            return true;
        }
        try {
            return !wanted.equals("-1") && Long.parseLong(found) >= Long.parseLong(wanted);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
