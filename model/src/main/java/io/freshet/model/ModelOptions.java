package io.freshet.model;

/**
 * How a model is opened.
 *
 * @param maxTokens longest encoded text, special tokens included; cut to the model's own maximum
 * @param seed seeds a fresh head
 * @param threads threads of the engine, process-wide; 0 leaves the engine's choice
 */
public record ModelOptions(int maxTokens, long seed, int threads) {

    public static final ModelOptions DEFAULTS = new ModelOptions(128, 17, 0);

    public ModelOptions {
        if (maxTokens < 3) {
            throw new IllegalArgumentException("maxTokens %d is below 3".formatted(maxTokens));
        }
        if (threads < 0) {
            throw new IllegalArgumentException("threads %d is negative".formatted(threads));
        }
    }
}
