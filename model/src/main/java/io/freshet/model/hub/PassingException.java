package io.freshet.model.hub;

import java.io.IOException;
import java.time.Duration;

/** A request failed in a way that may pass. */
final class PassingException extends IOException {

    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    PassingException(String message) {
        this(message, Duration.ZERO);
    }

    /** @param retryAfter what the server asks to wait for; zero if it does not say */
    PassingException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
