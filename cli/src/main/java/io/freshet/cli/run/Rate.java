package io.freshet.cli.run;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** So many records a second, evenly spaced; late ones are caught up with. */
public final class Rate implements Pace {

    private static final double NANOS = 1e9;

    private final double interval;
    private final LongSupplier nanos;
    private final long start;

    /**
     * Begins now.
     *
     * @param perSecond above 0
     */
    public Rate(double perSecond) {
        this(perSecond, System::nanoTime);
    }

    Rate(double perSecond, LongSupplier nanos) {
        if (!(perSecond > 0 && perSecond < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("rate %s is not above 0".formatted(perSecond));
        }
        this.interval = NANOS / perSecond;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    @Override
    public void await(long sent) {
        long due = start + (long) (interval * sent);
        for (long left = due - nanos.getAsLong();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = due - nanos.getAsLong()) {
            LockSupport.parkNanos(left);
        }
    }
}
