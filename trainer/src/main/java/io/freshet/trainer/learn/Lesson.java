package io.freshet.trainer.learn;

/**
 * One example as a step learns it.
 *
 * @param example whose label the model knows
 */
public record Lesson(Learnable example) {}
