package io.freshet.evaluator.gate;

import io.freshet.evaluator.policy.Metric;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.Pair;
import io.freshet.schemas.Trial;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the pairs of the open trial amount to: folds them in their order, and says by the policy written in the trial what follows.
 * Folding depends on the pairs' records alone, so anybody can do it again.
 */
final class Ledger {

    private final LabelTallies tallies;
    private final SliceTallies slices;
    private final GuardTallies guards;
    private @Nullable Rules latest;

    /** @param counters keeps what does not fit the trial's {@link Progress} */
    Ledger(Table<long[]> counters) {
        this.tallies = new LabelTallies(counters);
        this.slices = new SliceTallies(counters);
        this.guards = new GuardTallies(counters, tallies);
    }

    /** Returns why a score cannot be counted; empty where it can. */
    Optional<String> objection(ExampleScore score, Trial trial) {
        Optional<String> objection = Evidence.none(trial).objection(score);
        boolean silent = rules(trial).policy().primary().metric() == Metric.BRIER && score.getBrier() == null;
        return objection.isEmpty() && silent
                ? Optional.of(
                        "its scorer did not say the Brier score, by which the policy compares; use a newer scorer")
                : objection;
    }

    /** Whether an example can be a pair at all: a classifier is not compared where there is no label. */
    boolean comparable(ExampleScore score, Trial trial) {
        return Evidence.none(trial).comparable(score);
    }

    /** Returns why two scores cannot be compared though each can be counted; empty where they can. */
    Optional<Verdict> mismatch(ExampleScore champion, ExampleScore candidate, Trial trial) {
        return Evidence.none(trial).mismatch(champion, candidate, rules(trial));
    }

    /** Folds one pair of comparable answers without objection or mismatch. */
    Progress fold(Progress progress, Pair pair, Trial trial) {
        Rules rules = rules(trial);
        Progress folded = progress.pair(pair, rules);
        if (folded.evidence() instanceof AnswerEvidence) {
            tallies.add(pair);
        }
        slices.add(pair, rules);
        guards.add(pair, rules);
        return folded;
    }

    /** Returns what follows from the pairs as they stand. */
    Verdict judge(Progress progress, Trial trial) {
        return Verdict.of(standing(progress, trial));
    }

    /** Returns the figures of one of the two models. */
    ModelScore score(GateState.Role role, Progress progress) {
        return progress.evidence().score(role, tallies);
    }

    Evaluation evaluation(Trial trial, Progress progress, Verdict verdict, Instant time) {
        return GateRecords.evaluation(
                standing(progress, trial),
                progress.used(),
                score(GateState.Role.CHAMPION, progress),
                score(GateState.Role.CANDIDATE, progress),
                verdict,
                time);
    }

    /** Forgets the trial. */
    void clear() {
        tallies.clear();
        slices.clear();
        guards.clear();
        latest = null;
    }

    private Standing standing(Progress progress, Trial trial) {
        return new Standing(progress.evidence(), rules(trial), slices, guards);
    }

    /** Returns what a trial is held to. */
    Rules rules(Trial trial) {
        Rules known = latest;
        if (known == null || !known.trial().getId().equals(trial.getId())) {
            known = Rules.of(trial);
            latest = known;
        }
        return known;
    }
}
