package io.freshet.local;

import org.jspecify.annotations.Nullable;

/** The broker or the registry inside this JVM could not be started or stopped. */
public final class LocalStackException extends RuntimeException {

    public LocalStackException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
