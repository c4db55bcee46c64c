package io.freshet.cli.stream;

import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.Decision;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in a line each what people and the gate have settled beside its trials. */
final class ControlText {

    private ControlText() {}

    /** What is in force now: who waits for a person, the watch, the anchor, a hold. Nothing is said of what there is not. */
    static List<String> of(StreamView view) {
        ControlView control = view.control();
        List<String> lines = new ArrayList<>();
        control.passed()
                .ifPresent(passed -> lines.add(
                        "passed      %s on %s: %s".formatted(passed.getCheckpoint(), passed.getTime(), words(passed))));
        view.openWatch().ifPresent(watch -> lines.add(watch(view, watch)));
        control.anchorMoved()
                .map(moved -> "anchor      %s%s".formatted(moved.getCheckpoint(), by(moved.getWho())))
                .or(() -> control.first()
                        .map(first -> "anchor      %s, the first champion".formatted(first.getCheckpoint())))
                .ifPresent(lines::add);
        control.hold()
                .ifPresent(hold -> lines.add(
                        "hold        since %s%s: %s".formatted(hold.getTime(), by(hold.getWho()), words(hold))));
        return lines;
    }

    private static String watch(StreamView view, Trial watch) {
        return view.newestEvaluation(watch.getId())
                .map(ControlText::watch)
                .orElse("watch       over %s against %s before it, no pairs yet"
                        .formatted(watch.getChampion(), watch.getCandidate()));
    }

    /** One line on where a watch over a promotion stands. */
    static String watch(Evaluation evaluation) {
        Double detector = evaluation.getLogDetector();
        Double alarm = evaluation.getLogAlarm();
        return String.format(
                Locale.ROOT,
                "watch       over %s %s against %s %s before it on %,d pairs, ln detector %s of %s: %s (%s)",
                evaluation.getChampion(),
                StatusText.figure(evaluation.getChampionScore()),
                evaluation.getCandidate(),
                StatusText.figure(evaluation.getCandidateScore()),
                evaluation.getPairs(),
                figure(detector),
                figure(alarm),
                evaluation.getDecision(),
                evaluation.getReason());
    }

    private static String figure(@Nullable Double value) {
        if (value == null) {
            return "none";
        }
        return value == -Double.MAX_VALUE ? "-infinity" : String.format(Locale.ROOT, "%.2f", value);
    }

    /** One line on what the gate answered or did. */
    static String decision(Decision decision) {
        String what = decision.getCommand() == null
                ? decision.getKind()
                : "%s %s".formatted(decision.getCommand(), decision.getKind().replaceFirst("^command\\.", ""));
        return "decision    %s%s%s, champion %d, %s: %s"
                .formatted(
                        what,
                        decision.getCheckpoint() == null ? "" : " for " + decision.getCheckpoint(),
                        by(decision.getWho()),
                        decision.getChampion(),
                        decision.getReason(),
                        words(decision));
    }

    /** Who was behind a champion and why, in brackets behind the reason; empty where nobody was and nothing was said. */
    static String behind(ChampionUpdate champion) {
        String why = champion.getWhy() == null ? "" : ": " + champion.getWhy();
        return by(champion.getWho()) + why;
    }

    private static String by(@Nullable String who) {
        return who == null ? "" : " by " + who;
    }

    private static String words(Decision decision) {
        return decision.getDetail() == null ? decision.getReason() : decision.getDetail();
    }
}
