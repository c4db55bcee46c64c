package io.freshet.cli.run;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Holds a loop to so many turns a second, evenly spaced; late turns are caught up with. */
public final class Pace {

    private static final double NANOS = 1e9;

    private final double interval;
    private final LongSupplier nanos;
    private final long start;
    private long turns;

    private Pace(double interval, LongSupplier nanos) {
        this.interval = interval;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    public static Pace unlimited() {
        return new Pace(0, System::nanoTime);
    }

    /**
     * Returns a pace of so many turns a second.
     *
     * @param rate above 0
     */
    public static Pace of(double rate) {
        return of(rate, System::nanoTime);
    }

    static Pace of(double rate, LongSupplier nanos) {
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("rate %s is not above 0".formatted(rate));
        }
        return new Pace(NANOS / rate, nanos);
    }

    /** Waits until the next turn is due. */
    void await() {
        if (interval > 0) {
            long due = start + (long) (interval * turns++);
            for (long left = due - nanos.getAsLong();
                    left > 0 && !Thread.currentThread().isInterrupted();
                    left = due - nanos.getAsLong()) {
                LockSupport.parkNanos(left);
            }
        }
    }
}
