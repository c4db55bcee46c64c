package io.freshet.core.measure;

/**
 * Two labels that are taken for each other.
 *
 * @param truth what it is
 * @param answer what it is taken for
 * @param count how often, or somewhat more, see {@link ConfusionTally}
 */
public record Confusion(String truth, String answer, long count) {}
