package io.freshet.core.lifecycle;

/**
 * A long-running part of a process. {@code start} returns once it is doing work, and throws when it is interrupted while
 * it waits for that; {@code close} is idempotent and also releases what a failed {@code start} left behind.
 */
public interface Service extends AutoCloseable {

    String name();

    void start();

    /** Returns what stopped the service by itself, or null while it is healthy. */
    default @org.jspecify.annotations.Nullable Throwable failure() {
        return null;
    }

    @Override
    void close();
}
