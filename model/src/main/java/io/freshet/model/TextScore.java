package io.freshet.model;

/**
 * How well a language model predicts a text.
 *
 * @param bitsPerToken mean of the negative logarithm to base 2 of the probability of the predicted tokens, in
 *     [0, {@link LanguageModel#maxBits}]; the maximum where nothing was predicted
 * @param tokens tokens that were predicted
 */
public record TextScore(double bitsPerToken, int tokens) {}
