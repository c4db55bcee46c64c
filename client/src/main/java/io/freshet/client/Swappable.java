package io.freshet.client;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The current one of a succession of values: requests lease it, an update replaces it, the replaced one is released after
 * its last lease. Leasing takes no lock; one thread's successive leases never see an earlier value after a later one.
 */
final class Swappable<T> implements AutoCloseable {

    /** What there is to lease; leasing only reads it, and a closed one never changes again. */
    private record State<T>(@Nullable Shared<T> shared, boolean closed) {}

    private final Consumer<? super T> release;
    private volatile State<T> state = new State<>(null, false);

    /**
     * @param release frees a value, once for each; must not throw
     */
    Swappable(Consumer<? super T> release) {
        this.release = release;
    }

    /** Leases the current value; empty before the first and after {@code close}. */
    Optional<Lease<T>> lease() {
        while (true) {
            Shared<T> shared = state.shared();
            if (shared == null) {
                return Optional.empty();
            }
            if (shared.tryHold()) {
                return Optional.of(new Lease<>(shared));
            }
            // Released between the two reads, so a later value (or the end) is in place by now: look again.
        }
    }

    /** Returns the current value without a hold: its plain data may be read, its native memory may be gone. */
    Optional<T> peek() {
        return Optional.ofNullable(state.shared()).map(Shared::value);
    }

    /**
     * Makes {@code next} current and retires the one before.
     *
     * @return whether it took place; after {@code close} it does not, and {@code next} is released at once
     */
    boolean swap(T next) {
        Shared<T> shared = new Shared<>(next, release);
        State<T> before;
        synchronized (this) {
            before = state;
            if (!before.closed()) {
                state = new State<>(shared, false);
            }
        }
        Shared<T> leaving = before.closed() ? shared : before.shared();
        if (leaving != null) {
            leaving.retire();
        }
        return !before.closed();
    }

    /** Ends leasing; the current value is released after its last lease. Idempotent. */
    @Override
    public void close() {
        Shared<T> last;
        synchronized (this) {
            last = state.shared();
            state = new State<>(null, true);
        }
        if (last != null) {
            last.retire();
        }
    }
}
