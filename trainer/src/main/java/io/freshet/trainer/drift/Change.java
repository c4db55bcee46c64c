package io.freshet.trainer.drift;

/**
 * A change of the mean that a detector sees.
 *
 * @param since number of the observation with which it is estimated to have begun
 * @param before mean before it
 * @param after mean since
 */
public record Change(long since, double before, double after) {

    /** Returns whether the mean rose; of errors: whether it became worse. */
    public boolean rose() {
        return after > before;
    }
}
