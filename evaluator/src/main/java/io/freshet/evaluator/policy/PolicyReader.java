package io.freshet.evaluator.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.core.config.ModelSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Reads a policy from a parsed file and collects every problem of it. */
final class PolicyReader {

    private static final int MOST_SLICES = 10_000;
    private static final int MOST_LOOKBACK = 1_000_000;

    private final List<String> problems;

    /** @param problems takes what is found; empty at first */
    PolicyReader(List<String> problems) {
        this.problems = problems;
    }

    /**
     * Returns the policy, or null where there are problems.
     *
     * @param expected the objective by the services' settings; null where the file has to say it
     */
    @Nullable
    GatePolicy read(JsonNode node, @Nullable String expected) {
        Section root = new Section("", node, problems);
        String objective = objective(root, expected);
        Primary primary = primary(root.section("primary"), objective);
        double clip = root.number("log-loss-clip", GatePolicy.LOG_LOSS_CLIP, Bounds.POSITIVE);
        double alpha = root.number("alpha", GatePolicy.DEFAULTS.alpha(), Bounds.PROBABILITY);
        double futility = root.number("futility-alpha", GatePolicy.DEFAULTS.futilityAlpha(), Bounds.PROBABILITY);
        Pairs pairs = pairs(root.section("pairs"));
        int lookback = (int) root.whole("lookback", GatePolicy.DEFAULTS.lookback(), 0, MOST_LOOKBACK);
        Budget budget = root.oneOf("budget", Budget.E_LOND, Budget::code);
        OptionalDouble anchor = one(root, "anchor", "margin", Bounds.POSITIVE);
        Guards guards = guards(root.section("guards"));
        Slices slices = slices(root.section("slices"));
        Superseded superseded = root.oneOf("superseded", Superseded.NEWEST, Superseded::code);
        Approval approval = root.oneOf("approval", Approval.AUTOMATIC, Approval::code);
        Optional<Watch> watch = root.has("watch") ? Optional.of(watch(root.section("watch"))) : Optional.empty();
        root.end();
        problems.addAll(Consistency.problems(objective, primary, clip, anchor, guards, slices));
        return problems.isEmpty()
                ? new GatePolicy(
                        objective,
                        primary,
                        clip,
                        alpha,
                        futility,
                        pairs.min,
                        pairs.max,
                        pairs.patience,
                        lookback,
                        budget,
                        anchor,
                        guards,
                        slices,
                        superseded,
                        approval,
                        watch)
                : null;
    }

    private record Pairs(long min, long max, long patience) {}

    private String objective(Section root, @Nullable String expected) {
        if (expected == null) {
            return root.text("objective", ModelSettings.CLASSIFICATION);
        }
        String said = root.has("objective") ? root.text("objective", expected) : expected;
        if (!said.equals(expected)) {
            problems.add("objective = %s, but the setting %s = %s; make them equal, or remove the former"
                    .formatted(said, ModelSettings.OBJECTIVE, expected));
        }
        return expected;
    }

    private static Primary primary(Section section, String objective) {
        Primary primary = new Primary(
                section.oneOf("metric", GatePolicy.usual(objective), Metric::code),
                section.number("margin", 0, Bounds.NOT_NEGATIVE),
                within(section));
        section.end();
        return primary;
    }

    private static OptionalDouble within(Section section) {
        return section.has("within")
                ? OptionalDouble.of(section.number("within", Double.MIN_VALUE, Bounds.POSITIVE))
                : OptionalDouble.empty();
    }

    private Pairs pairs(Section section) {
        GatePolicy defaults = GatePolicy.DEFAULTS;
        long min = section.whole("min", defaults.minPairs(), 1, Long.MAX_VALUE);
        long max = section.whole("max", Math.max(min, defaults.maxPairs()), 1, Long.MAX_VALUE);
        long patience = section.whole("patience", defaults.patience(), 1, Long.MAX_VALUE);
        section.end();
        if (min > max) {
            problems.add(
                    "pairs.min = %d is above pairs.max = %d; lower the first or raise the second".formatted(min, max));
        }
        return new Pairs(min, max, patience);
    }

    private static Guards guards(Section section) {
        OptionalDouble logLoss = one(section, "log-loss", "margin", Bounds.POSITIVE);
        OptionalDouble brier = one(section, "brier", "margin", Bounds.POSITIVE);
        OptionalDouble calibration = one(section, "calibration", "worse-by-at-most", Bounds.SHARE);
        OptionalDouble flips = one(section, "negative-flips", "at-most", Bounds.SHARE);
        List<Guards.RecallFloor> recall = new ArrayList<>();
        for (Section each : section.sections("recall")) {
            recall.add(new Guards.RecallFloor(
                    each.text("label", "?"),
                    each.needed("floor", 1, Bounds.RECALL),
                    each.whole("min-examples", Guards.MIN_EXAMPLES, 1, Long.MAX_VALUE)));
            each.end();
        }
        Optional<Guards.LatencyLimit> latency = Optional.empty();
        if (section.has("latency")) {
            Section limit = section.section("latency");
            latency = Optional.of(new Guards.LatencyLimit(
                    limit.needed("ratio", 1, Bounds.POSITIVE),
                    limit.whole("min-pairs", Guards.MIN_LATENCIES, 1, Long.MAX_VALUE)));
            limit.end();
        }
        section.end();
        return new Guards(logLoss, brier, calibration, flips, recall, latency);
    }

    private static Slices slices(Section section) {
        int most = (int) section.whole("most", Slices.MOST, 1, MOST_SLICES);
        List<SliceRule> rules = new ArrayList<>();
        for (Section each : section.sections("rules")) {
            SliceRule.By by = each.oneOf("by", SliceRule.By.TASK, SliceRule.By::code);
            if (!each.has("by")) {
                each.text("by", by.code()); // says that it is missing
            }
            String attribute = "";
            if (by == SliceRule.By.ATTRIBUTE) {
                attribute = each.text("attribute", "?");
            } else if (each.has("attribute")) {
                each.problem("attribute", each.text("attribute", ""), "absent with by: " + by.code());
            }
            rules.add(new SliceRule(
                    by,
                    attribute,
                    each.whole("min-pairs", SliceRule.MIN_PAIRS, 1, Long.MAX_VALUE),
                    each.needed("margin", Double.MIN_VALUE, Bounds.POSITIVE)));
            each.end();
        }
        section.end();
        return new Slices(most, rules);
    }

    private static Watch watch(Section section) {
        Watch defaults = Watch.DEFAULTS;
        long pairs = section.whole("pairs", defaults.pairs(), 1, Long.MAX_VALUE);
        double alpha = section.number("alpha", defaults.alpha(), Bounds.PROBABILITY);
        double tolerance = section.number("tolerance", defaults.tolerance(), Bounds.SHARE);
        List<Double> bets = section.numbers("bets", defaults.bets(), Bounds.betweenZeroAnd(1 / (1 + tolerance)));
        if (bets.isEmpty()) {
            section.problem("bets", bets, "a list with at least one number");
        }
        section.end();
        return new Watch(pairs, alpha, tolerance, bets.isEmpty() ? defaults.bets() : bets);
    }

    /** Reads a section that has one number, which it must have. */
    private static OptionalDouble one(Section parent, String name, String key, Bounds bounds) {
        if (!parent.has(name)) {
            return OptionalDouble.empty();
        }
        Section section = parent.section(name);
        OptionalDouble value = OptionalDouble.of(section.needed(key, Double.MIN_VALUE, bounds));
        section.end();
        return value;
    }
}
