package io.freshet.evaluator.gate;

import io.freshet.schemas.Evaluation;
import io.freshet.schemas.Pair;
import io.freshet.schemas.Trial;

/**
 * The decision of a trial, computed again from its record and its pairs alone, by the very fold of the gate: the same counts,
 * e-values, slices, guards and verdict. Not for watches.
 */
public final class Refold {

    private final Trial trial;
    private final Ledger ledger = new Ledger(new TreeTable<>());
    private Progress progress;

    /**
     * @param trial the record of the trial, open or closed; the policy written in it counts
     * @throws io.freshet.core.config.ConfigException if what is written there is no policy
     */
    public Refold(Trial trial) {
        this.trial = trial;
        this.progress = Progress.begin(trial, 0, new Offsets(trial.getFirstOffsets()));
    }

    /**
     * Folds the next pair.
     *
     * @throws IllegalArgumentException if it is of another trial, or not the next one by its index
     */
    public void add(Pair pair) {
        if (!pair.getTrial().equals(trial.getId()) || pair.getIndex() != progress.pairs()) {
            throw new IllegalArgumentException(
                    "pair %d of trial %s is not pair %d of trial %s; fold the pairs in their order"
                            .formatted(pair.getIndex(), pair.getTrial(), progress.pairs(), trial.getId()));
        }
        progress = ledger.fold(progress, pair, trial).use(pair.getPartition(), pair.getOffset());
    }

    /** Returns what follows from the pairs so far: promote, keep or defer. The gate ends a trial at the first that is not defer. */
    public String decision() {
        return ledger.judge(progress, trial).decision().code();
    }

    /**
     * Returns where the trial stands after the pairs so far. Its time is that of the trial's record, and its ranges end behind the
     * last pair, where the gate's also cover examples that were answered and made no pair.
     */
    public Evaluation evaluation() {
        return ledger.evaluation(trial, progress, ledger.judge(progress, trial), trial.getTime());
    }
}
