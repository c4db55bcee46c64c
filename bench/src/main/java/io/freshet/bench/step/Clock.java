package io.freshet.bench.step;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;

/** What the time of a step is measured with. */
public enum Clock {
    /** Time that passes: the right one on a machine that does nothing else. */
    ELAPSED {
        @Override
        long nanos() {
            return System.nanoTime();
        }
    },
    /**
     * Time that the thread spent on a processor: what it waited for others does not count. With one thread for an
     * operation all of a step happens on it, the backward pass included; with more, most would be missed.
     */
    CPU {
        @Override
        long nanos() {
            return THREADS.getCurrentThreadCpuTime();
        }
    };

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    abstract long nanos();

    /** Returns the name on the command line. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the clock of a name, see {@link #key}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Clock of(String key) {
        return Arrays.stream(values())
                .filter(clock -> clock.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--clock %s is not one of %s"
                        .formatted(key, Arrays.stream(values()).map(Clock::key).toList())));
    }
}
