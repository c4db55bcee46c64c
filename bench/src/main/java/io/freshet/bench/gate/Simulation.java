package io.freshet.bench.gate;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Many streams of one kind. Each has a generator of its own, so that results don't depend on the threads. */
final class Simulation {

    private final GateRequest request;
    private final ForkJoinPool pool;
    private final Consumer<String> progress;

    /**
     * @param pool the threads; stays the caller's
     * @param progress where a line goes when a kind begins
     */
    Simulation(GateRequest request, ForkJoinPool pool, Consumer<String> progress) {
        this.request = request;
        this.pool = pool;
        this.progress = progress;
    }

    int streams() {
        return request.streams();
    }

    /**
     * Runs one stream after another.
     *
     * @param name of the kind; its streams' randomness follows from it and from the seed
     * @return one result a stream, in order
     */
    <T> List<T> run(String name, Function<SplittableRandom, T> stream) {
        progress.accept(name);
        long seed = request.seed() ^ ((long) name.hashCode() << 32);
        try {
            return pool.submit(() -> IntStream.range(0, request.streams())
                            .parallel()
                            .mapToObj(i -> stream.apply(new SplittableRandom(mix(seed, i))))
                            .toList())
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while simulating " + name, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("simulating " + name + ": " + e.getCause(), e);
        }
    }

    private static long mix(long seed, int stream) {
        return new SplittableRandom(seed + 0x9E3779B97F4A7C15L * stream).nextLong();
    }
}
