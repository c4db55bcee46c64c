package io.freshet.cli.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An explanation in plain words and figures. */
public final class ExplanationText {

    private final Explanation it;
    private final List<String> lines = new ArrayList<>();

    private ExplanationText(Explanation it) {
        this.it = it;
    }

    /** Returns the lines. */
    public static List<String> of(Explanation explanation) {
        return new ExplanationText(explanation).write();
    }

    private List<String> write() {
        lines.add("%s: %s".formatted(it.checkpoint(), standing()));
        history();
        made();
        chain();
        offsets();
        it.trials().stream().filter(trial -> !trial.role().equals("champion")).forEach(this::trial);
        defences();
        return List.copyOf(lines);
    }

    private String standing() {
        if (it.reigning()) {
            return "reigns as champion, " + ReasonWords.of(lastCrowning().reason());
        }
        boolean reigned =
                it.reigns().stream().anyMatch(crowning -> crowning.checkpoint().equals(it.checkpoint()));
        if (reigned) {
            return "was champion, and is not any more";
        }
        List<TrialAccount> tried = it.trials().stream()
                .filter(trial -> trial.role().equals(TrialAccount.CANDIDATE) && !trial.watch())
                .toList();
        if (tried.isEmpty()) {
            boolean superseded =
                    it.decisions().stream().anyMatch(ruling -> ruling.kind().equals("candidate.superseded"));
            return superseded
                    ? "was never tried: a newer candidate took its place while it waited"
                    : "was never tried: no trial was opened for it (it waits, or a newer one took its place)";
        }
        TrialAccount last = tried.get(tried.size() - 1);
        return last.outcome() == null ? "is on trial" : ReasonWords.of(last.outcome());
    }

    private Explanation.Crowning lastCrowning() {
        return it.reigns().get(it.reigns().size() - 1);
    }

    private void history() {
        if (it.reigns().isEmpty() && it.decisions().isEmpty()) {
            return;
        }
        heading("What happened to it");
        it.reigns()
                .forEach(crowning -> lines.add("  %s  %s champion %d%s%s%s"
                        .formatted(
                                crowning.time(),
                                crowning.checkpoint().equals(it.checkpoint())
                                        ? "became"
                                        : "gave way to " + crowning.checkpoint() + " as",
                                crowning.sequence(),
                                ", " + ReasonWords.of(crowning.reason()),
                                crowning.trial() == null ? "" : " (trial %s)".formatted(crowning.trial()),
                                by(crowning.who(), crowning.why()))));
        it.decisions()
                .forEach(ruling -> lines.add("  %s  %s%s: %s%s%s"
                        .formatted(
                                ruling.time(),
                                ruling.kind(),
                                ruling.command() == null ? "" : " (%s)".formatted(ruling.command()),
                                ReasonWords.of(ruling.reason()),
                                ruling.detail() == null ? "" : "; " + ruling.detail(),
                                by(ruling.who(), null))));
    }

    private static String by(@Nullable String who, @Nullable String why) {
        return (who == null ? "" : ", by " + who) + (why == null ? "" : ": " + why);
    }

    private void made() {
        Explanation.Made made = it.made();
        heading("What it is");
        lines.add("  %s, %,d steps, learned from %,d examples (%,d rejected), %,d labels; published %s"
                .formatted(made.objective(), made.step(), made.trained(), made.rejected(), made.labels(), made.time()));
        lines.add("  seed %d, %d thread(s), %s on %s, configuration %s"
                .formatted(made.seed(), made.threads(), made.engine(), made.cpu(), made.configHash()));
    }

    private void chain() {
        heading("Where its weights come from");
        for (Explanation.Ancestor ancestor : it.chain()) {
            lines.add("  %s  step %,d, %,d examples, %s"
                    .formatted(ancestor.checkpoint(), ancestor.step(), ancestor.trained(), ancestor.time()));
        }
        if (it.missing() != null) {
            lines.add("  %s  its manifest is gone: what follows is not the whole chain".formatted(it.missing()));
        }
    }

    private void offsets() {
        heading("What it was trained on, as offsets of %s (first to last)".formatted(it.trainTopic()));
        it.trainedOn().forEach(span -> lines.add("  " + text(span)));
        if (it.trainedOn().isEmpty()) {
            lines.add("  nothing");
        }
        it.unseen().forEach(span -> lines.add("  not %s: left out after a rollback".formatted(text(span))));
    }

    private static String text(Span span) {
        return String.format(Locale.ROOT, "partition %d: %,d to %,d", span.partition(), span.from(), span.to() - 1);
    }

    private void trial(TrialAccount trial) {
        heading("%s %s, as %s: %s"
                .formatted(
                        trial.watch() ? "Watch" : "Trial",
                        trial.id(),
                        trial.role().equals(TrialAccount.CANDIDATE) && trial.watch()
                                ? "the champion before"
                                : "the " + trial.role(),
                        trial.outcome() == null ? "open" : ReasonWords.of(trial.outcome())));
        lines.add("  champion %s, candidate %s, anchor %s"
                .formatted(
                        trial.champion(),
                        trial.candidate(),
                        trial.anchor() == null
                                ? "none"
                                : trial.anchor().equals(trial.champion()) ? "the champion" : trial.anchor()));
        lines.add("  opened %s, %s"
                .formatted(trial.opened(), trial.closed() == null ? "still open" : "closed " + trial.closed()));
        lines.add("  policy %s".formatted(trial.policyHash()));
        trial.policy().forEach(line -> lines.add("    " + line));
        if (trial.figures() == null) {
            lines.add("  nothing was reported on it yet");
        } else {
            lines.addAll(FiguresText.of(trial, trial.figures()));
        }
        if (trial.changes() != null) {
            lines.addAll(ChangesText.of(trial.changes()));
        }
    }

    private void defences() {
        List<TrialAccount> defended = it.trials().stream()
                .filter(trial -> trial.role().equals("champion"))
                .toList();
        if (defended.isEmpty()) {
            return;
        }
        heading("Its trials and watches as champion");
        defended.forEach(trial -> lines.add("  %s %s against %s: %s%s"
                .formatted(
                        trial.kind(),
                        trial.id(),
                        trial.candidate(),
                        trial.outcome() == null ? "open" : ReasonWords.of(trial.outcome()),
                        counts(trial.figures()))));
    }

    private static String counts(TrialAccount.@Nullable Figures figures) {
        return figures == null
                ? ""
                : "; %,d pairs, %,d won and %,d lost by the other"
                        .formatted(figures.pairs(), figures.wins(), figures.losses());
    }

    private void heading(String text) {
        lines.add("");
        lines.add(text);
    }

    static String spans(List<Span> spans) {
        return spans.isEmpty()
                ? "none"
                : spans.stream().map(ExplanationText::text).collect(Collectors.joining("; "));
    }
}
