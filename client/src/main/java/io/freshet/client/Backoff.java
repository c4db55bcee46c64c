package io.freshet.client;

import java.time.Duration;

/**
 * How long to wait before the next attempt: {@code first}, doubled after each failure in a row, at most {@code longest}.
 *
 * @param first wait after the first failure, positive
 * @param longest longest wait, at least {@code first}
 */
record Backoff(Duration first, Duration longest) {

    Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "backoff from %s to %s is not an ascending pair of positive times".formatted(first, longest));
        }
    }

    /**
     * @param failures failures in a row so far, at least 1
     */
    Duration after(int failures) {
        Duration wait = first;
        for (int i = 1; i < failures && wait.compareTo(longest) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
