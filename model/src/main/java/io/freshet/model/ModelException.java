package io.freshet.model;

/** A model cannot be loaded, made or written; the message names the file, the rule and the remedy. */
public final class ModelException extends RuntimeException {

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
