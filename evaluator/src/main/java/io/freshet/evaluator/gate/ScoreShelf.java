package io.freshet.evaluator.gate;

import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.Trial;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The scores that are or will be counted: those of every checkpoint in an open comparison, and of the champion and the anchor
 * that the trials name, whose scores serve one trial after the other, so that a held-out example is scored once a checkpoint.
 *
 * <p>A scorer goes by the records of trials alone: for as long as they name a checkpoint it does not score again what it has
 * scored. So what is kept here follows from the same records by the same rule, and changes with them only.
 */
final class ScoreShelf {

    private static final String SAID = "said";
    private static final String SAID_OF_PROMOTIONS = "said.promotion";
    private static final String SCORED = "scored/";

    private final GateState state;

    ScoreShelf(GateState state) {
        this.state = state;
    }

    /** Takes in a score; returns whether it is of use and new. */
    boolean take(ExampleScore score) {
        String key = ScoreKey.of(score);
        String checkpoint = score.getCheckpoint();
        if (!kept().contains(checkpoint) || state.scores().get(key) != null) {
            return false;
        }
        if (state.counters().get(SCORED + checkpoint) == null) {
            state.counters().put(SCORED + checkpoint, new long[] {1});
        }
        state.scores().put(key, score);
        return true;
    }

    @Nullable
    ExampleScore get(String checkpoint, int partition, long offset) {
        return state.scores().get(ScoreKey.of(checkpoint, partition, offset));
    }

    /** Returns the keys of a checkpoint's scores, ascending. */
    List<String> keys(String checkpoint) {
        return state.scores().keys(ScoreKey.prefix(checkpoint));
    }

    /** A record of a trial is published, and the tables say what is open then: drops the scores that are not needed any more. */
    void said(Trial trial) {
        state.trials().put(SAID, trial);
        if (!Comparison.isWatch(trial)) {
            state.trials().put(SAID_OF_PROMOTIONS, trial);
        }
        Set<String> kept = kept();
        for (String key : state.counters().keys(SCORED)) {
            String checkpoint = key.substring(SCORED.length());
            if (!kept.contains(checkpoint)) {
                state.scores().removeAll(ScoreKey.prefix(checkpoint));
                state.counters().remove(key);
            }
        }
    }

    /** A trial is about to open: drops its models' scores on offsets that neither it nor the watch will count. */
    void forgetBefore(Trial trial) {
        Offsets first = new Offsets(trial.getFirstOffsets());
        Trial watch = state.trials().get(Comparison.WATCH);
        Offsets watched = watch == null ? first : new Offsets(watch.getFirstOffsets());
        for (String checkpoint : Comparison.members(trial)) {
            for (String key : keys(checkpoint)) {
                int partition = ScoreKey.partition(key);
                if (ScoreKey.offset(key) < Math.min(first.of(partition), watched.of(partition))) {
                    state.scores().remove(key);
                }
            }
        }
    }

    private Set<String> kept() {
        Set<String> kept = new TreeSet<>();
        for (String key : List.of(Comparison.TRIAL, Comparison.WATCH)) {
            Trial open = state.trials().get(key);
            if (open != null) {
                kept.addAll(Comparison.members(open));
            }
        }
        Trial last = state.trials().get(SAID);
        if (last != null) {
            kept.add(championAfter(last));
        }
        Trial ofPromotions = state.trials().get(SAID_OF_PROMOTIONS);
        if (ofPromotions != null && ofPromotions.getAnchor() != null) {
            kept.add(ofPromotions.getAnchor());
        }
        return kept;
    }

    /** Who reigns as far as one record of a trial tells: the same rule as the scorer's. */
    private static String championAfter(Trial said) {
        boolean fell = Comparison.isWatch(said)
                ? "rolled.back".equals(said.getOutcome())
                : "promoted".equals(said.getOutcome());
        return fell ? said.getCandidate() : said.getChampion();
    }
}
