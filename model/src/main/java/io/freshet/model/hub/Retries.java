package io.freshet.model.hub;

import java.time.Duration;

/**
 * When a failed request is made again: after a pause that doubles, as long as attempts are left.
 *
 * @param attempts most attempts in a row that bring a file no further, at least 1
 * @param first pause
 * @param longest pause; a server that asks for a longer one is not waited for
 */
record Retries(int attempts, Duration first, Duration longest) {

    static final Retries DEFAULTS = new Retries(5, Duration.ofSeconds(1), Duration.ofMinutes(1));

    Retries {
        if (attempts < 1 || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "%d attempts with pauses from %s to %s".formatted(attempts, first, longest));
        }
    }

    /** Whether there is another attempt after {@code failures} in a row, of which the last asked to be waited for. */
    boolean again(int failures, Duration asked) {
        return failures < attempts && asked.compareTo(longest) <= 0;
    }

    /** Returns the pause after {@code failures} in a row. */
    Duration pause(int failures, Duration asked) {
        Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, 20));
        Duration bounded = doubled.compareTo(longest) > 0 ? longest : doubled;
        return bounded.compareTo(asked) < 0 ? asked : bounded;
    }
}
