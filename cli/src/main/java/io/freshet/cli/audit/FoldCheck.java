package io.freshet.cli.audit;

import io.freshet.core.config.ConfigException;
import io.freshet.evaluator.gate.Refold;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether pairs, folded in their recorded order, give what was reported and decided. */
final class FoldCheck {

    private static final String DEFER = "defer";

    /** Reports on a trial that ends, or pauses, for something else than its pairs. */
    private static final Set<String> OUTSIDE = Set.of(
            "candidate.newer",
            "candidate.failed",
            "candidate.rejected",
            "anchor.failed",
            "champion.moved",
            "rolled.back",
            "examples.exhausted",
            "objective.differs",
            "vocabulary.differs");

    private final CaseFile file;
    private final List<String> wrong = new ArrayList<>();

    private FoldCheck(CaseFile file) {
        this.file = file;
    }

    /** Folds the pairs as they were recorded: every figure must be the reported one, sums and evidence to 1e-9. */
    static Check recorded(CaseFile file) {
        FoldCheck check = new FoldCheck(file);
        Evaluation folded = check.fold(file.pairs());
        if (folded != null) {
            check.wrong.addAll(Differences.all(file.evaluation(), folded));
            check.decision(folded);
        }
        return check.result("decision", folded);
    }

    /**
     * Folds pairs of scores made again: counts, evidence and decision must be the reported ones.
     *
     * @param exact whether all scores were the recorded ones to the last bit; where they were not, sums of them are not either,
     *     and only counts and the decision are compared
     */
    static Check again(CaseFile file, List<Pair> pairs, boolean exact) {
        FoldCheck check = new FoldCheck(file);
        Evaluation folded = check.fold(pairs);
        if (folded != null) {
            check.wrong.addAll(
                    exact ? Differences.all(file.evaluation(), folded) : Differences.counts(file.evaluation(), folded));
            check.decision(folded);
        }
        return check.result("decision on scores made again", folded);
    }

    private @Nullable Evaluation fold(List<Pair> pairs) {
        try {
            Refold refold = new Refold(file.opened());
            for (int i = 0; i < pairs.size(); i++) {
                refold.add(pairs.get(i));
                if (i < pairs.size() - 1 && !refold.decision().equals(DEFER)) {
                    wrong.add("after %d pairs the decision is already %s, yet the trial went on"
                            .formatted(i + 1, refold.decision()));
                    break;
                }
            }
            return refold.evaluation();
        } catch (ConfigException | IllegalArgumentException e) {
            wrong.add("the pairs cannot be folded: " + e.getMessage());
            return null;
        }
    }

    private void decision(Evaluation folded) {
        Evaluation reported = file.evaluation();
        boolean outside = OUTSIDE.contains(reported.getReason());
        String expected = outside ? DEFER : reported.getDecision();
        if (!folded.getDecision().equals(expected)
                || (!outside && !folded.getReason().equals(reported.getReason()))) {
            wrong.add("the pairs say %s (%s), reported was %s (%s)"
                    .formatted(folded.getDecision(), folded.getReason(), reported.getDecision(), reported.getReason()));
        }
        String outcome = String.valueOf(file.closed().getOutcome());
        boolean promotes = folded.getDecision().equals("promote");
        boolean promoted = outcome.equals("promoted") || outcome.equals("passed");
        if (promoted && !promotes) {
            wrong.add("the trial closed as %s, but the pairs say %s (%s)"
                    .formatted(outcome, folded.getDecision(), folded.getReason()));
        }
        if (promotes && outcome.equals("futile")) {
            wrong.add("the trial closed as futile, but the pairs say promote (%s)".formatted(folded.getReason()));
        }
    }

    private Check result(String subject, @Nullable Evaluation folded) {
        return Check.of(
                subject,
                folded == null
                        ? "not computed"
                        : "%,d pairs, %,d won, %,d lost, ln E %s: %s (%s)"
                                .formatted(
                                        folded.getPairs(),
                                        folded.getWins(),
                                        folded.getLosses(),
                                        folded.getLogEValue(),
                                        folded.getDecision(),
                                        folded.getReason()),
                wrong);
    }
}
