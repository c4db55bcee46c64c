package io.freshet.cli.run;

import org.jspecify.annotations.Nullable;

/** A run ended without a result; the message says why. */
public final class RunFailedException extends RuntimeException {
    RunFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
