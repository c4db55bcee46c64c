package io.freshet.trainer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The clocks of a trainer.
 *
 * @param wall stamps records
 * @param ticks nanoseconds of a clock that never goes back; measures waiting
 */
record Time(Clock wall, LongSupplier ticks) {

    static final Time SYSTEM = new Time(Clock.systemUTC(), System::nanoTime);

    Instant now() {
        return wall.instant();
    }

    long tick() {
        return ticks.getAsLong();
    }

    Duration since(long tick) {
        return Duration.ofNanos(ticks.getAsLong() - tick);
    }
}
