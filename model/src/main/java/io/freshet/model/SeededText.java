package io.freshet.model;

/**
 * A text to score.
 *
 * @param text made by the model's own {@link TextModel#encode}
 * @param seed draws the masks of a masked language model: the same seed gives the same masks
 */
public record SeededText(EncodedText text, long seed) {}
