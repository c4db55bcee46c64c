package io.freshet.cli.input;

/** The file as a whole cannot be an input: the message says what was found and what is wanted. */
public final class InputException extends RuntimeException {
    public InputException(String message) {
        super(message);
    }
}
