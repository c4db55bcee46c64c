package io.freshet.cli.command;

import io.freshet.cli.console.Display;
import io.freshet.cli.run.Report;

/** Says a report in a few lines. */
final class Summary {

    private Summary() {}

    /** @param kept whether the files outlive the run */
    static void show(Report report, boolean kept, Display display) {
        display.line("");
        display.line("published %,d = rejected %,d %s + duplicates %,d + held out %,d + trained %,d"
                .formatted(
                        report.published(),
                        report.rejected().values().stream()
                                .mapToLong(Long::longValue)
                                .sum(),
                        report.rejected(),
                        report.duplicates(),
                        report.heldOut(),
                        report.trained()));
        display.line("%,d steps, %d checkpoints, %d promotions"
                .formatted(
                        report.steps(),
                        report.checkpoints().size(),
                        report.promotions().size()));
        report.promotions()
                .forEach(promotion -> display.line("  %s: %s on %,d held-out pairs, e-value %.3g"
                        .formatted(promotion.id(), comparison(promotion), promotion.pairs(), promotion.eValue())));
        display.line(beforeLearning(report.prequential()));
        report.alarms()
                .forEach(alarm ->
                        display.line("drift seen by %s at example %,d, since about %,d: %.3f before, %.3f after"
                                .formatted(
                                        alarm.detector(), alarm.at(), alarm.since(), alarm.before(), alarm.after())));
        if (report.forgetting() != null && !report.tasks().isEmpty()) {
            Report.TaskRow last = report.tasks().get(report.tasks().size() - 1);
            display.line("%d tasks: the last checkpoint scored is %.1f points below the best before on them"
                    .formatted(last.tasks().size(), 100 * report.forgetting()));
        }
        display.line("champion %s (%s)"
                .formatted(report.champion().id(), kept ? report.champion().uri() : "not kept: that takes --data DIR"));
        display.line("%.1f s in all, %.1f s in training steps, %.1f s in scoring; %.0f examples a second"
                .formatted(
                        report.seconds().total(),
                        report.seconds().training(),
                        report.seconds().scoring(),
                        report.examplesPerSecond()));
    }

    private static String comparison(Report.Promotion promotion) {
        return promotion.candidateBitsPerToken() == null
                ? "%.1f %% against %.1f %%"
                        .formatted(100 * promotion.candidateAccuracy(), 100 * promotion.championAccuracy())
                : "%.3f bits per token against %.3f"
                        .formatted(promotion.candidateBitsPerToken(), promotion.championBitsPerToken());
    }

    private static String beforeLearning(Report.BeforeLearning prequential) {
        return prequential.bitsPerToken() == null
                ? "prequential accuracy %.3f, over the last quarter %.3f"
                        .formatted(prequential.accuracy(), prequential.lastQuarterAccuracy())
                : "prequential bits per token %.3f, over the last 1,000 texts %.3f"
                        .formatted(prequential.bitsPerToken(), prequential.windowBitsPerToken());
    }
}
