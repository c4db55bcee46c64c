package io.freshet.cli.audit;

/** A name that is no checkpoint's, or more than one's. */
public final class UnknownCheckpointException extends RuntimeException {
    UnknownCheckpointException(String message) {
        super(message);
    }
}
