package io.freshet.trainer;

/** The trainer cannot go on by itself; the message says why and what to do. */
public final class TrainerStoppedException extends RuntimeException {

    TrainerStoppedException(String message) {
        super(message);
    }

    TrainerStoppedException(String message, Throwable cause) {
        super(message, cause);
    }
}
