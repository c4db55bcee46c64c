package io.freshet.core.lifecycle;

/** A service stopped by itself while it ran; the process must exit. */
public final class ServiceFailedException extends RuntimeException {
    ServiceFailedException(String service, Throwable cause) {
        super("service '%s' stopped: %s".formatted(service, cause), cause);
    }
}
