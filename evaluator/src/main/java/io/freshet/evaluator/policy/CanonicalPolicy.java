package io.freshet.evaluator.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes policies as policy files have them, with every default, keys sorted, nothing between the signs, on one line. */
final class CanonicalPolicy {

    /** Jackson writes the shortest digits that mean the number, where Java 17 and later ones differ. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build())
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private CanonicalPolicy() {}

    static String write(GatePolicy policy) {
        Map<String, @Nullable Object> root = new TreeMap<>();
        root.put("objective", policy.objective());
        root.put("primary", primary(policy.primary()));
        root.put("log-loss-clip", policy.logLossClip());
        root.put("alpha", policy.alpha());
        root.put("futility-alpha", policy.futilityAlpha());
        root.put("pairs", Map.of("min", policy.minPairs(), "max", policy.maxPairs(), "patience", policy.patience()));
        root.put("lookback", policy.lookback());
        root.put("budget", policy.budget().code());
        root.put("anchor", one("margin", policy.anchorMargin()));
        root.put("guards", guards(policy.guards()));
        root.put("slices", slices(policy.slices()));
        root.put("superseded", policy.superseded().code());
        root.put("approval", policy.approval().code());
        root.put("watch", policy.watch().map(CanonicalPolicy::watch).orElse(null));
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and strings can always be written as JSON", e);
        }
    }

    private static Map<String, @Nullable Object> primary(Primary primary) {
        Map<String, @Nullable Object> section = new TreeMap<>();
        section.put("metric", primary.metric().code());
        section.put("margin", primary.margin());
        section.put("within", primary.within().isPresent() ? primary.within().getAsDouble() : null);
        return section;
    }

    private static Map<String, @Nullable Object> guards(Guards guards) {
        Map<String, @Nullable Object> section = new TreeMap<>();
        section.put("log-loss", one("margin", guards.logLossMargin()));
        section.put("brier", one("margin", guards.brierMargin()));
        section.put("calibration", one("worse-by-at-most", guards.calibration()));
        section.put("negative-flips", one("at-most", guards.negativeFlips()));
        section.put(
                "recall",
                guards.recall().stream()
                        .map(recall -> Map.of(
                                "label", recall.label(), "floor", recall.floor(), "min-examples", recall.minExamples()))
                        .toList());
        section.put(
                "latency",
                guards.latency()
                        .map(latency -> Map.of("ratio", latency.ratio(), "min-pairs", latency.minPairs()))
                        .orElse(null));
        return section;
    }

    private static Map<String, Object> slices(Slices slices) {
        return Map.of(
                "most",
                slices.most(),
                "rules",
                slices.rules().stream().map(CanonicalPolicy::rule).toList());
    }

    private static Map<String, @Nullable Object> rule(SliceRule rule) {
        Map<String, @Nullable Object> section = new TreeMap<>();
        section.put("by", rule.by().code());
        section.put("attribute", rule.attribute().isEmpty() ? null : rule.attribute());
        section.put("min-pairs", rule.minPairs());
        section.put("margin", rule.margin());
        return section;
    }

    private static Map<String, Object> watch(Watch watch) {
        return Map.of(
                "pairs", watch.pairs(), "alpha", watch.alpha(), "tolerance", watch.tolerance(), "bets", watch.bets());
    }

    private static @Nullable Map<String, Object> one(String key, OptionalDouble value) {
        return value.isPresent() ? Map.of(key, value.getAsDouble()) : null;
    }
}
