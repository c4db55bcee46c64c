package io.freshet.cli.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.schemas.Trial;
import java.util.ArrayList;
import java.util.List;

/** The main lines of the policy that a trial was bound to. */
final class PolicyLines {

    private PolicyLines() {}

    /** Returns one line a rule, in the policy's own order. */
    static List<String> of(Trial trial) {
        List<String> lines = new ArrayList<>();
        if (trial.getPolicy() == null) {
            lines.add("alpha_k %.3g, futility alpha %s".formatted(trial.getAlpha(), trial.getFutilityAlpha()));
            lines.add("pairs from %,d to %,d, patience %,d"
                    .formatted(trial.getMinPairs(), trial.getMaxPairs(), trial.getPatience()));
            return lines;
        }
        try {
            new ObjectMapper()
                    .readTree(trial.getPolicy())
                    .properties()
                    .forEach(rule -> lines.add(rule.getKey() + ": " + text(rule.getValue())));
        } catch (JsonProcessingException e) {
            lines.add("the recorded policy is not JSON: " + e.getOriginalMessage());
        }
        return lines;
    }

    private static String text(JsonNode value) {
        if (value.isObject()) {
            List<String> parts = new ArrayList<>();
            value.properties().forEach(part -> parts.add(part.getKey() + " " + nested(part.getValue())));
            return String.join(", ", parts);
        }
        if (value.isArray()) {
            List<String> parts = new ArrayList<>();
            value.forEach(part -> parts.add(nested(part)));
            return parts.isEmpty() ? "none" : String.join("; ", parts);
        }
        return value.isNull() ? "none" : value.asText();
    }

    private static String nested(JsonNode value) {
        if (value.isContainerNode() && !value.isEmpty()) {
            return value.isObject() ? "(" + text(value) + ")" : "[" + text(value) + "]";
        }
        return text(value);
    }
}
