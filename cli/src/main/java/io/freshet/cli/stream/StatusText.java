package io.freshet.cli.stream;

import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.Evaluation;
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

    public static List<String> of(StreamView view) {
        List<String> lines = new ArrayList<>();
        lines.add("examples    admitted %,d, held out %,d, rejected %s"
                .formatted(view.admitted(), view.heldOut(), view.rejected()));
        lines.add(training(view.newestMetrics()));
        lines.add(checkpoint(view));
        lines.add(trial(view));
        lines.add(champion(view.champion()));
        return lines;
    }

    /** One line on a step of training. */
    public static String training(@Nullable TrainingMetrics step) {
        return step == null
                ? "training    nothing learned yet"
                : String.format(
                        Locale.ROOT,
                        "training    step %,d, %,d examples, prequential accuracy %.3f (last 1,000: %.3f), loss %.3f, %d labels",
                        step.getStep(),
                        step.getTrained(),
                        step.getPrequentialAccuracy(),
                        step.getWindowAccuracy(),
                        step.getLoss(),
                        step.getLabels());
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

    /** One line on where a trial stands. */
    public static String evaluation(Evaluation evaluation) {
        return String.format(
                Locale.ROOT,
                "trial       %d: %s %.3f against %s %.3f on %,d pairs, ln e-value %.2f of %.2f: %s (%s)",
                evaluation.getNumber(),
                evaluation.getCandidate(),
                evaluation.getCandidateScore().getAccuracy(),
                evaluation.getChampion(),
                evaluation.getChampionScore().getAccuracy(),
                evaluation.getPairs(),
                evaluation.getLogEValue(),
                evaluation.getLogThreshold(),
                evaluation.getDecision(),
                evaluation.getReason());
    }

    /** One line on a champion. */
    public static String champion(@Nullable ChampionUpdate champion) {
        return champion == null
                ? "champion    none yet"
                : "champion    %d: %s (%s), step %,d, %d labels, held-out accuracy %s"
                        .formatted(
                                champion.getSequence(),
                                champion.getCheckpoint(),
                                champion.getReason(),
                                champion.getStep(),
                                champion.getLabels(),
                                champion.getHeldOutAccuracy() == null
                                        ? "not measured"
                                        : "%.3f".formatted(champion.getHeldOutAccuracy()));
    }
}
