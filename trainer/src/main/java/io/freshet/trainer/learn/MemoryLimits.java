package io.freshet.trainer.learn;

/**
 * How much a memory may hold.
 *
 * @param examples most examples, at least 1
 * @param bytes most bytes as {@link Kept#bytes} counts them, at least 1; an example that alone is larger is never kept
 */
record MemoryLimits(int examples, long bytes) {
    MemoryLimits {
        if (examples < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "%d examples and %d bytes must both be at least 1".formatted(examples, bytes));
        }
    }
}
