package io.freshet.trainer;

import io.freshet.schemas.ChampionUpdate;
import java.util.Optional;

/** Tells whether the reigning champion is one that was brought back, whose weights are to be learned on. */
interface Rollbacks {

    /** Follows no champion: training goes on from its own weights whatever reigns. */
    Rollbacks NONE = Optional::empty;

    /** Returns the newest champion if it reigns by a rollback; looks for new ones a few times a second. */
    Optional<ChampionUpdate> reigning();

    /** Returns the same if its sequence is above {@code followed}, that of the last one acted on. */
    default Optional<ChampionUpdate> since(long followed) {
        return reigning().filter(champion -> champion.getSequence() > followed);
    }
}
