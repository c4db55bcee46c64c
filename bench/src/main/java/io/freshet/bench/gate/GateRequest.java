package io.freshet.bench.gate;

/**
 * What is to be simulated.
 *
 * @param streams of every cell, at least 10
 * @param seed of all randomness: the same one gives the same figures, whatever the threads
 * @param threads at least 1
 */
public record GateRequest(int streams, long seed, int threads) {

    /** Pairs of a stream. */
    static final int PAIRS = 20_000;

    /** Level of all tests but the detector of rollbacks. */
    static final double ALPHA = 0.05;

    public GateRequest {
        if (streams < 10) {
            throw new IllegalArgumentException(
                    "streams %d is below 10: a share of fewer says nothing".formatted(streams));
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads %d is below 1".formatted(threads));
        }
    }
}
