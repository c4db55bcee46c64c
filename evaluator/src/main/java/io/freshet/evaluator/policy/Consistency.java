package io.freshet.evaluator.policy;

import io.freshet.core.config.ModelSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** Rules between the parts of a policy. Messages name parts as policy files do. */
final class Consistency {

    private Consistency() {}

    /** Returns every broken rule: path, value, rule and remedy. */
    static List<String> problems(
            String objective,
            Primary primary,
            double logLossClip,
            OptionalDouble anchorMargin,
            Guards guards,
            Slices slices) {
        List<String> problems = new ArrayList<>();
        if (!ModelSettings.OBJECTIVES.contains(objective)) {
            problems.add(
                    "objective = %s is none of %s; use one of them".formatted(objective, ModelSettings.OBJECTIVES));
        }
        boolean classifies = objective.equals(ModelSettings.CLASSIFICATION);
        if (classifies == (primary.metric() == Metric.BITS)) {
            problems.add("primary.metric = %s does not fit objective = %s; use %s"
                    .formatted(
                            primary.metric().code(),
                            objective,
                            classifies ? "accuracy, log-loss or brier" : Metric.BITS.code()));
        }
        if (!classifies && guards.ofAnswers()) {
            problems.add("guards are for classifiers but for latency, and objective = %s; remove the others"
                    .formatted(objective));
        }
        margins(problems, primary, logLossClip, anchorMargin, guards, slices);
        Set<String> names = new HashSet<>();
        for (SliceRule rule : slices.rules()) {
            if (!names.add(rule.prefix())) {
                problems.add("slices.rules has two rules for %s; remove one of them".formatted(named(rule)));
            }
            if (!classifies && rule.by() == SliceRule.By.LABEL) {
                problems.add("slices.rules has by: label, but objective = %s has no labels; slice by task or attribute"
                        .formatted(objective));
            }
        }
        Set<String> labels = new HashSet<>();
        for (Guards.RecallFloor floor : guards.recall()) {
            if (!labels.add(floor.label())) {
                problems.add("guards.recall has two floors for label %s; remove one of them".formatted(floor.label()));
            }
        }
        return problems;
    }

    private static void margins(
            List<String> problems,
            Primary primary,
            double logLossClip,
            OptionalDouble anchorMargin,
            Guards guards,
            Slices slices) {
        double width = primary.metric().width(logLossClip);
        below(problems, "primary.margin", primary.margin(), width);
        primary.within().ifPresent(margin -> below(problems, "primary.within", margin, width));
        anchorMargin.ifPresent(margin -> below(problems, "anchor.margin", margin, width));
        guards.logLossMargin().ifPresent(margin -> below(problems, "guards.log-loss.margin", margin, logLossClip));
        guards.brierMargin().ifPresent(margin -> below(problems, "guards.brier.margin", margin, 2));
        for (SliceRule rule : slices.rules()) {
            below(problems, "slices.rules(%s).margin".formatted(named(rule)), rule.margin(), width);
        }
    }

    private static String named(SliceRule rule) {
        return rule.prefix().substring(0, rule.prefix().length() - 1);
    }

    private static void below(List<String> problems, String path, double margin, double width) {
        if (!(margin < width)) { // written so that NaN fails too
            problems.add("%s = %s must be below %s, the width of the scores' range; lower it"
                    .formatted(path, margin, width));
        }
    }
}
