package io.freshet.evaluator.gate;

import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.Trial;

/**
 * All that the gate remembers.
 *
 * @param manifests of the checkpoints that are something to the gate, by {@link Role}
 * @param trials the open trial, the open watch, and the trial whose candidate has passed and waits, by key
 * @param scores scores of the checkpoints that {@link ScoreShelf} keeps, by {@link ScoreKey}
 * @param counters everything that is counted, as the records that own a key prefix write it
 */
record GateState(
        Table<CheckpointManifest> manifests, Table<Trial> trials, Table<ExampleScore> scores, Table<long[]> counters) {

    /** What a checkpoint is to the gate; a role of many has keys of its own behind the name. */
    enum Role {
        /** Reigns. */
        CHAMPION,
        /** Is on trial. */
        CANDIDATE,
        /** Waits for a trial; as many as the policy lets wait. */
        WAITING,
        /** Has passed its trial and waits for a person, or for the gate to be let go. */
        PASSED,
        /** What no candidate may be worse than. */
        ANCHOR,
        /** Reigned before the champion and was not rolled back; many. */
        PREDECESSOR,
        /** Reigned and was rolled back, or rolled over; many. */
        FORMER;

        /** Returns the key of one of many; they ascend with {@code number}. */
        String key(long number) {
            return "%s/%019d".formatted(name(), number);
        }
    }
}
