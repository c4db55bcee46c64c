package io.freshet.core.lifecycle;

/** A service could not start; the process must exit. */
public final class ServiceStartException extends RuntimeException {
    ServiceStartException(String service, Throwable cause) {
        super(
                "service '%s' failed to start: %s"
                        .formatted(service, cause.getMessage() == null ? cause : cause.getMessage()),
                cause);
    }
}
