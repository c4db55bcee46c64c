package io.freshet.cli.audit;

import io.freshet.cli.audit.TrialAccount.Figures;
import io.freshet.cli.audit.TrialAccount.Score;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a trial counted, and what that says, in words. */
final class FiguresText {

    /** Above it an e-value is shown by its logarithm alone. */
    private static final double LARGEST = 14;

    private final TrialAccount trial;
    private final Figures figures;
    private final boolean classifies;
    private final List<String> lines = new ArrayList<>();

    private FiguresText(TrialAccount trial, Figures figures) {
        this.trial = trial;
        this.figures = figures;
        this.classifies = figures.candidateScore().bitsPerToken() == null
                && figures.championScore().bitsPerToken() == null;
    }

    static List<String> of(TrialAccount trial, Figures figures) {
        return new FiguresText(trial, figures).write();
    }

    private List<String> write() {
        lines.add("  said last: %s, because %s%s"
                .formatted(
                        figures.decision(),
                        ReasonWords.of(figures.reason()),
                        figures.detail() == null ? "" : ": " + figures.detail()));
        lines.add("  %,d pairs of held-out examples: %s the candidate alone on %,d, the champion alone on %,d"
                .formatted(
                        figures.pairs(),
                        classifies ? "right were" : "fewer bits took",
                        figures.wins(),
                        figures.losses()));
        lines.add("  %s".formatted(scores()));
        if (trial.watch()) {
            watch();
        } else {
            evidence();
        }
        figures.slices()
                .forEach(slice -> lines.add("  slice %s: %s; %,d pairs, %,d won, %,d lost, ln E %.3f"
                        .formatted(
                                slice.slice(),
                                slice.state(),
                                slice.pairs(),
                                slice.wins(),
                                slice.losses(),
                                slice.logEValue())));
        figures.guards()
                .forEach(guard -> lines.add("  guard %s: %s; %.4g against a limit of %.4g"
                        .formatted(guard.guard(), guard.state(), guard.value(), guard.limit())));
        lines.add("  held-out offsets used: %s".formatted(ExplanationText.spans(figures.heldOut())));
        return lines;
    }

    private String scores() {
        Score champion = figures.championScore();
        Score candidate = figures.candidateScore();
        if (classifies) {
            return "accuracy: candidate %.2f %%, champion %.2f %%; the difference lies between %+.2f and %+.2f points (at level alpha_%d)"
                    .formatted(
                            100 * candidate.accuracy(),
                            100 * champion.accuracy(),
                            100 * figures.intervalLow(),
                            100 * figures.intervalHigh(),
                            trial.number());
        }
        return "bits per token: candidate %s, champion %s; it saves between %+.4f and %+.4f"
                .formatted(
                        bits(candidate.bitsPerToken()),
                        bits(champion.bitsPerToken()),
                        figures.intervalLow(),
                        figures.intervalHigh());
    }

    private static String bits(@Nullable Double bits) {
        return bits == null ? "unknown" : "%.4f".formatted(bits);
    }

    private void evidence() {
        lines.add("  evidence that it is better: %s, wanted %s; alpha_%d = %.4g is what this trial may spend"
                .formatted(e(figures.logEValue()), e(figures.logThreshold()), trial.number(), trial.alpha()));
        if (figures.logEValueWithin() != null) {
            lines.add("  evidence that it is not worse by the margin: %s".formatted(e(figures.logEValueWithin())));
        }
        if (figures.anchorLogEValue() != null && figures.anchorLogThreshold() != null) {
            lines.add("  evidence that it is not worse than the anchor by the margin: %s, wanted %s"
                    .formatted(e(figures.anchorLogEValue()), e(figures.anchorLogThreshold())));
        }
    }

    private void watch() {
        if (figures.logDetector() != null && figures.logAlarm() != null) {
            lines.add("  evidence that the new champion has become worse: %s, an alarm at %s"
                    .formatted(e(figures.logDetector()), e(figures.logAlarm())));
        }
    }

    private static String e(double log) {
        if (log < -1e300) {
            return "E 0";
        }
        return log > LARGEST || log < -LARGEST
                ? "ln E %.4f".formatted(log)
                : "E %,.4g (ln E %.4f)".formatted(Math.exp(log), log);
    }
}
