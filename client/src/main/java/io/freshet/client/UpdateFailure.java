package io.freshet.client;

import java.time.Duration;
import java.util.Optional;

/**
 * Something that kept {@link ModelUpdates} from following the champions. The model that is served stays.
 *
 * @param stage what was being done
 * @param message what failed and what follows
 * @param cause the exception behind it
 * @param retryIn when it is tried again; empty where it is not
 */
public record UpdateFailure(Stage stage, String message, Throwable cause, Optional<Duration> retryIn) {

    /** What was being done. */
    public enum Stage {
        /** Reading {@code champion.json} or removing files that are no longer needed. */
        CACHE,
        /** Reading the topic {@code champions}, or asking the registry for its schema. */
        FOLLOW,
        /** Reading one record: it names no usable champion, or a stale one, and is passed over. */
        RECORD,
        /** Fetching, verifying, opening or warming up a champion. */
        LOAD,
        /** Going on at all: updates have ended for good. */
        STOPPED
    }
}
