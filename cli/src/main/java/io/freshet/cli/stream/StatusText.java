package io.freshet.cli.stream;

import io.freshet.ingest.IngestCounts;
import io.freshet.ingest.LabelCounts;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.Decision;
import io.freshet.schemas.DriftAlarm;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.TrainingMetrics;
import io.freshet.schemas.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in a few lines, one subject each, where a model stands. */
public final class StatusText {

    private StatusText() {}

    /**
     * Says where a model stands.
     *
     * @param counts what ingest has counted
     */
    public static List<String> of(StreamView view, IngestCounts counts) {
        List<String> lines = new ArrayList<>();
        lines.add("examples    admitted %,d, held out %,d, rejected %s"
                .formatted(view.admitted(), view.heldOut(), view.rejected()));
        if (counts.waiting() + counts.expired() + counts.labels().total() > 0) {
            lines.add(labels(counts));
            lines.add(answers(counts.labels()));
        }
        lines.add(training(view.newestMetrics()));
        lines.add(checkpoint(view));
        lines.add(trial(view));
        lines.add(champion(view.champion()));
        lines.addAll(ControlText.of(view));
        return lines;
    }

    private static String labels(IngestCounts counts) {
        LabelCounts labels = counts.labels();
        return String.format(
                Locale.ROOT,
                "labels      %,d examples wait, %,d waited too long, %s of those without a label got one; %,d corrections",
                counts.waiting(),
                counts.expired(),
                labels.rate().isPresent() ? percent(labels.rate().getAsDouble()) : "none",
                labels.corrections());
    }

    private static String answers(LabelCounts labels) {
        LabelCounts.Delay delay = labels.delay();
        return String.format(
                Locale.ROOT,
                "delay       %s; champion at event time: %s",
                delay.meanMillis().isPresent() && delay.medianMillis().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "mean %.1f s, median %.1f s",
                                delay.meanMillis().getAsDouble() / 1e3,
                                delay.medianMillis().getAsDouble() / 1e3)
                        : "no label came after its example yet",
                labels.answers().accuracy().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "right on %s of %,d (last %,d: %s)",
                                percent(labels.answers().accuracy().getAsDouble()),
                                labels.answers().scored(),
                                labels.answers().recent(),
                                percent(labels.answers().recentAccuracy().orElse(0)))
                        : "nothing scored yet");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** One line on a step of training. */
    public static String training(@Nullable TrainingMetrics step) {
        if (step == null) {
            return "training    nothing learned yet";
        }
        return String.format(
                Locale.ROOT,
                "training    step %,d, %,d examples, %s, loss %.3f%s",
                step.getStep(),
                step.getTrained(),
                prequential(step),
                step.getLoss(),
                step.getPrequentialBitsPerToken() == null ? ", %d labels".formatted(step.getLabels()) : "");
    }

    /** One line on a change of the stream that a step of training showed. */
    public static String alarm(DriftAlarm alarm) {
        return String.format(
                Locale.ROOT,
                "drift       %s at example %,d: %.3f became %.3f since about example %,d",
                alarm.getDetector(),
                alarm.getAt(),
                alarm.getBefore(),
                alarm.getAfter(),
                alarm.getSince());
    }

    private static String prequential(TrainingMetrics step) {
        return step.getPrequentialBitsPerToken() == null
                ? String.format(
                        Locale.ROOT,
                        "prequential accuracy %.3f (last 1,000: %.3f)",
                        step.getPrequentialAccuracy(),
                        step.getWindowAccuracy())
                : String.format(
                        Locale.ROOT,
                        "prequential bits per token %.3f (last 1,000: %.3f)",
                        step.getPrequentialBitsPerToken(),
                        step.getWindowBitsPerToken());
    }

    private static String checkpoint(StreamView view) {
        CheckpointManifest newest = view.newestCheckpoint();
        return newest == null
                ? "checkpoint  none yet"
                : "checkpoint  %s, %d in all, %s"
                        .formatted(newest.getId(), view.checkpoints().size(), newest.getTime());
    }

    private static String trial(StreamView view) {
        Optional<Trial> open = view.openTrial();
        if (open.isEmpty()) {
            return "trial       none open";
        }
        return view.newestEvaluation(open.get().getId())
                .map(StatusText::evaluation)
                .orElse("trial       %d open: %s against %s, no pairs yet"
                        .formatted(
                                open.get().getNumber(),
                                open.get().getCandidate(),
                                open.get().getChampion()));
    }

    /** One line on where a trial, or the watch over a promotion, stands. */
    public static String evaluation(Evaluation evaluation) {
        return evaluation.getKind().equals("watch") ? ControlText.watch(evaluation) : ofTrial(evaluation);
    }

    /** One line on what the gate answered a person, or did beside its trials. */
    public static String decision(Decision decision) {
        return ControlText.decision(decision);
    }

    private static String ofTrial(Evaluation evaluation) {
        return String.format(
                Locale.ROOT,
                "trial       %d: %s %s against %s %s on %,d pairs, ln e-value %.2f of %.2f: %s (%s)%s",
                evaluation.getNumber(),
                evaluation.getCandidate(),
                figure(evaluation.getCandidateScore()),
                evaluation.getChampion(),
                figure(evaluation.getChampionScore()),
                evaluation.getPairs(),
                evaluation.getLogEValue(),
                evaluation.getLogThreshold(),
                evaluation.getDecision(),
                evaluation.getReason(),
                evaluation.getDetail() == null ? "" : ": " + evaluation.getDetail());
    }

    static String figure(ModelScore score) {
        return score.getBitsPerToken() == null
                ? String.format(Locale.ROOT, "%.3f", score.getAccuracy())
                : String.format(Locale.ROOT, "%.3f bits", score.getBitsPerToken());
    }

    /** One line on a champion. */
    public static String champion(@Nullable ChampionUpdate champion) {
        return champion == null
                ? "champion    none yet"
                : "champion    %d: %s (%s%s), step %,d, %s"
                        .formatted(
                                champion.getSequence(),
                                champion.getCheckpoint(),
                                champion.getReason(),
                                ControlText.behind(champion),
                                champion.getStep(),
                                quality(champion));
    }

    private static String quality(ChampionUpdate champion) {
        if (champion.getHeldOutBitsPerToken() != null) {
            return String.format(Locale.ROOT, "held-out bits per token %.3f", champion.getHeldOutBitsPerToken());
        }
        return champion.getHeldOutAccuracy() == null
                ? "%d labels, not measured on held-out examples".formatted(champion.getLabels())
                : String.format(
                        Locale.ROOT,
                        "%d labels, held-out accuracy %.3f",
                        champion.getLabels(),
                        champion.getHeldOutAccuracy());
    }
}
