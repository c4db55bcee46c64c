package io.freshet.ingest;

/** The held-out split is configured otherwise than it was when the model's first example was split. */
public final class SplitMismatchException extends RuntimeException {
    SplitMismatchException(String message) {
        super(message);
    }
}
