package io.freshet.model.pretrain;

import java.time.Duration;

/** How long a pretraining run lasts. */
public sealed interface Budget {

    /**
     * Returns the share that is spent, 1 or more where it is all of it.
     *
     * @param steps taken so far
     * @param nanos they took
     */
    double spent(long steps, long nanos);

    /**
     * A number of steps: the same run always gives the same weights.
     *
     * @param count at least 1
     */
    record Steps(long count) implements Budget {
        public Steps {
            if (count < 1) {
                throw new IllegalArgumentException("%d steps are fewer than 1".formatted(count));
            }
        }

        @Override
        public double spent(long steps, long nanos) {
            return (double) steps / count;
        }

        @Override
        public String toString() {
            return count + " steps";
        }
    }

    /**
     * A time: what it gives depends on the machine, and on what else that does.
     *
     * @param duration positive
     */
    record Time(Duration duration) implements Budget {
        public Time {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("%s is no time to pretrain in".formatted(duration));
            }
        }

        @Override
        public double spent(long steps, long nanos) {
            return (double) nanos / duration.toNanos();
        }

        @Override
        public String toString() {
            return "%.1f minutes".formatted(duration.toMillis() / 60_000.0);
        }
    }
}
