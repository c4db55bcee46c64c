package io.freshet.core.lifecycle;

/** One or more services failed to close; each failure is suppressed here. */
public final class ServiceStopException extends RuntimeException {
    ServiceStopException() {
        super("one or more services failed to close; see suppressed");
    }
}
