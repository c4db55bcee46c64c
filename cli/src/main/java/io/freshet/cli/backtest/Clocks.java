package io.freshet.cli.backtest;

import java.util.function.LongSupplier;

/**
 * What is measured with, both in nanoseconds.
 *
 * @param elapsed time that passes, which others on the machine stretch
 * @param processor time that this process spends on processors
 */
public record Clocks(LongSupplier elapsed, LongSupplier processor) {

    /** Returns a sum of nothing yet. */
    Sum sum() {
        return new Sum();
    }

    /** Time spent on one kind of work. */
    final class Sum {

        private long elapsedNanos;
        private long processorNanos;

        private Sum() {}

        void add(Runnable work) {
            long elapsedBefore = elapsed.getAsLong();
            long processorBefore = processor.getAsLong();
            work.run();
            elapsedNanos += elapsed.getAsLong() - elapsedBefore;
            processorNanos += processor.getAsLong() - processorBefore;
        }

        /** Returns seconds. */
        double elapsed() {
            return elapsedNanos / 1e9;
        }

        /** Returns seconds. */
        double processor() {
            return processorNanos / 1e9;
        }
    }
}
