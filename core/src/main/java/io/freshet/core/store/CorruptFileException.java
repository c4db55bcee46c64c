package io.freshet.core.store;

import java.io.IOException;

/** A file of a checkpoint does not match its hash. */
public final class CorruptFileException extends IOException {
    public CorruptFileException(String message) {
        super(message);
    }
}
