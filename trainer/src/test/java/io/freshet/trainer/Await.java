package io.freshet.trainer;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, with a deadline. */
final class Await {

    private static final Duration DEADLINE = Duration.ofMinutes(2); // generous: test machines are shared
    private static final long STEP_NANOS = 20_000_000;

    private Await() {}

    /** Waits until {@code condition} holds, or fails naming {@code what}. */
    static void until(String what, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > DEADLINE.toNanos()) {
                throw new AssertionError("not within %s: %s".formatted(DEADLINE, what));
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
