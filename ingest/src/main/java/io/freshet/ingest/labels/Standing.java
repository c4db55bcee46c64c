package io.freshet.ingest.labels;

import org.jspecify.annotations.Nullable;

/** What is known of one id. Times are those at which the broker appended records, milliseconds since the epoch. */
public sealed interface Standing {

    /** When the present standing began; it is forgotten once the waiting time is over. */
    long since();

    /**
     * An example waits for its label.
     *
     * @param guess what the champion said of it; null until it has
     */
    record Waiting(long since, @Nullable Guess guess) implements Standing {}

    /** A label waits for its example. */
    record Early(long since, GivenLabel label) implements Standing {}

    /**
     * An example has its label. It is remembered for the sake of corrections.
     *
     * @param unscored label that the champion's answer, which is yet to come, will be scored on; null if none is wanted
     */
    record Labelled(long since, GivenLabel label, @Nullable String unscored) implements Standing {}

    /**
     * The champion's answer on an example that had no label.
     *
     * @param label the label it gave; null where the champion knew none
     */
    record Guess(@Nullable String label) {
        boolean right(String truth) {
            return truth.equals(label);
        }
    }
}
