package io.freshet.model;

/**
 * How the next token of a text is chosen.
 *
 * @param temperature divides the logits: below 1 likely tokens become more likely; 0 always takes the likeliest
 * @param topK chooses among so many of the likeliest tokens; 0 for all
 * @param topP chooses among the likeliest tokens whose probabilities together reach it (Holtzman et al., "The curious case
 *     of neural text degeneration", 2020); in (0, 1], 1 for all
 * @param seed the same seed chooses the same tokens
 */
public record Sampling(double temperature, int topK, double topP, long seed) {

    /** Always the likeliest token. */
    public static final Sampling GREEDY = new Sampling(0, 0, 1, 0);

    public Sampling {
        if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("temperature %s is not a number of at least 0".formatted(temperature));
        }
        if (topK < 0) {
            throw new IllegalArgumentException("topK %d is negative".formatted(topK));
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("topP %s is outside (0, 1]".formatted(topP));
        }
    }
}
