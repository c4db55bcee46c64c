package io.freshet.core.store;

import java.io.IOException;

/** A file of a checkpoint is not in the store. */
public final class MissingFileException extends IOException {
    public MissingFileException(String message) {
        super(message);
    }

    MissingFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
