package io.freshet.cli.run;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells when nothing has changed for too long. */
final class Watchdog {

    private final Duration patience;
    private final LongSupplier nanos;
    private @Nullable Object state;
    private long since;

    Watchdog(Duration patience, LongSupplier nanos) {
        this.patience = patience;
        this.nanos = nanos;
        this.since = nanos.getAsLong();
    }

    /** Returns whether {@code state} has been equal for longer than the patience. */
    boolean stalled(Object now) {
        if (!now.equals(state)) {
            state = now;
            since = nanos.getAsLong();
        }
        return nanos.getAsLong() - since > patience.toNanos();
    }
}
