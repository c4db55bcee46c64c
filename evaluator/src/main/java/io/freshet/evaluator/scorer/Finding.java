package io.freshet.evaluator.scorer;

import org.jspecify.annotations.Nullable;

/** What a model says of one held-out example. */
sealed interface Finding {

    /**
     * A classifier's answer.
     *
     * @param predicted the likeliest label; null where the model has none
     * @param probability of the true label, in (0, 1]
     * @param confidence probability of the likeliest label, in [0, 1]; 0 where the model has none
     * @param brier Brier score of the whole distribution, in [0, 2]
     */
    record Answered(@Nullable String predicted, double probability, double confidence, double brier)
            implements Finding {}

    /**
     * A language model's score.
     *
     * @param bitsPerToken in [0, maxBits]
     * @param maxBits logarithm to base 2 of the vocabulary's size
     * @param tokens tokens that were predicted
     */
    record Predicted(double bitsPerToken, double maxBits, int tokens) implements Finding {}

    /** Nothing that can be counted. */
    record Unusable(String why) implements Finding {}
}
