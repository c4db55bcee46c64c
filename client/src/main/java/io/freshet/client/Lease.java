package io.freshet.client;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request's hold on the value that was current when it began; the value is not released before {@code close}, which is
 * idempotent.
 */
final class Lease<T> implements AutoCloseable {

    private final Shared<T> shared;
    private final AtomicBoolean ended = new AtomicBoolean();

    /**
     * @param shared already held once for this lease
     */
    Lease(Shared<T> shared) {
        this.shared = shared;
    }

    T value() {
        return shared.value();
    }

    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            shared.drop();
        }
    }
}
