package io.freshet.evaluator.gate;

import io.freshet.core.config.ModelSettings;
import io.freshet.evaluator.statistics.Interval;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.Pair;
import io.freshet.schemas.Trial;
import java.util.Optional;

/**
 * What the pairs of a trial say about its two models: answers are compared where the models classify, bits per token where they
 * are language models. Immutable.
 */
sealed interface Evidence permits AnswerEvidence, BitsEvidence {

    /** Returns what no pair says, of a trial's kind. */
    static Evidence none(Trial trial) {
        return classifies(trial) ? AnswerEvidence.NONE : BitsEvidence.NONE;
    }

    /**
     * Reads back what {@link #toLongs} wrote.
     *
     * @param trial the trial, which says what kind of evidence it was
     * @param at where it begins
     */
    static Evidence fromLongs(Trial trial, long wins, long losses, long[] longs, int at) {
        return classifies(trial)
                ? AnswerEvidence.fromLongs(wins, losses, longs, at)
                : BitsEvidence.fromLongs(wins, losses, longs, at);
    }

    /** Returns why a score cannot be counted; empty where it can. */
    Optional<String> objection(ExampleScore score);

    /** Whether an example can be a pair at all: a classifier is not compared where there is no label. */
    boolean comparable(ExampleScore score);

    /** Returns why two scores cannot be compared though each can be counted; empty where they can. */
    Optional<Verdict> mismatch(ExampleScore champion, ExampleScore candidate, Rules rules);

    /**
     * Folds one pair.
     *
     * @param pair with answers without objection
     * @param rules of its trial
     */
    Evidence add(Pair pair, Rules rules);

    long pairs();

    /** Pairs where the candidate was better. */
    long wins();

    /** Pairs where the champion was better. */
    long losses();

    /** What the primary metric says. */
    Differences differences();

    /** Natural logarithm of the e-value for the candidate being better by more than the margin. */
    double logEvidence(Rules rules);

    /** Whether the candidate is as good as shown not to be good enough. */
    boolean against(Rules rules);

    /** The difference in units of the primary metric, positive where the candidate is better. */
    Interval interval(Rules rules);

    /**
     * The figures of one of the two models.
     *
     * @param tallies of its answers by label, where it classifies
     */
    ModelScore score(GateState.Role role, LabelTallies tallies);

    /** Everything but wins and losses, always as many. */
    long[] toLongs();

    private static boolean classifies(Trial trial) {
        return trial.getObjective().equals(ModelSettings.CLASSIFICATION);
    }
}
