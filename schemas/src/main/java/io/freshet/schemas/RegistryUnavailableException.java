package io.freshet.schemas;

/** The registry did not answer in the time configured. Nothing is known about the schema or record at hand: try again. */
public final class RegistryUnavailableException extends RuntimeException {

    RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
