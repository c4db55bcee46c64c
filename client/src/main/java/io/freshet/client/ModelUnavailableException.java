package io.freshet.client;

/** There is no model to answer with: none has arrived yet, or what would have brought it is closed. The message says why. */
public final class ModelUnavailableException extends RuntimeException {
    ModelUnavailableException(String message) {
        super(message);
    }

    ModelUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
