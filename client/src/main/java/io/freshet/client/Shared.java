package io.freshet.client;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A value with native memory that several threads use at once: released exactly once, after its owner has retired it and
 * the last lease has ended, whichever comes later. Counts references without a lock.
 *
 * @param <T> the value, safe for use from several threads until it is released
 */
final class Shared<T> {

    private final T value;
    private final Consumer<? super T> release;

    /** One for the owner and one for each lease; once 0 it stays 0. */
    private final AtomicInteger holders = new AtomicInteger(1);

    private final AtomicBoolean retired = new AtomicBoolean();

    /**
     * @param release frees the value; called once, on the thread that ends the last hold, and must not throw
     */
    Shared(T value, Consumer<? super T> release) {
        this.value = value;
        this.release = release;
    }

    /** Returns the value; only a holder may use what it says beyond plain data. */
    T value() {
        return value;
    }

    /** Takes a hold unless the value has been released; every success needs one {@link #drop}. */
    boolean tryHold() {
        int count = holders.get();
        while (count > 0) {
            int seen = holders.compareAndExchange(count, count + 1);
            if (seen == count) {
                return true;
            }
            count = seen;
        }
        return false;
    }

    /** Ends one hold. */
    void drop() {
        if (holders.decrementAndGet() == 0) {
            release.accept(value);
        }
    }

    /** Ends the owner's hold. Idempotent. */
    void retire() {
        if (retired.compareAndSet(false, true)) {
            drop();
        }
    }
}
