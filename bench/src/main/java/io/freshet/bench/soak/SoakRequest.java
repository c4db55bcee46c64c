package io.freshet.bench.soak;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is to be watched.
 *
 * @param steps how many, at least 8
 * @param samples how often memory is read, at least 4, at most once a step
 * @param model a Hugging Face directory, or null for 2 layers of 128 with random weights
 * @param threads of one operation; 0 for half of the processors
 */
public record SoakRequest(long steps, int samples, @Nullable Path model, int threads) {

    public SoakRequest {
        if (steps < 8) {
            throw new IllegalArgumentException("steps %d is below 8".formatted(steps));
        }
        if (samples < 4 || samples > steps) {
            throw new IllegalArgumentException(
                    "samples %d is outside [4, %d], the number of steps".formatted(samples, steps));
        }
        if (threads < 0) {
            throw new IllegalArgumentException("threads %d is negative".formatted(threads));
        }
    }
}
