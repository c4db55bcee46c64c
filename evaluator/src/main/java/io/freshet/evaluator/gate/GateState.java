package io.freshet.evaluator.gate;

import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.Trial;

/**
 * All that the gate remembers.
 *
 * @param manifests the champion's, the open trial's candidate's and the waiting candidate's manifest, by {@link Role}
 * @param trials the open trial, under one key
 * @param scores scores of the champion and of the open trial's candidate, by {@link ScoreKey}
 * @param counters everything that is counted, as the records that own a key prefix write it
 */
record GateState(
        Table<CheckpointManifest> manifests, Table<Trial> trials, Table<ExampleScore> scores, Table<long[]> counters) {

    /** What a checkpoint is to the gate. */
    enum Role {
        CHAMPION,
        CANDIDATE,
        WAITING
    }
}
