package io.freshet.model;

/**
 * What one optimizer step measured.
 *
 * @param loss weighted mean cross-entropy of the batch before the step, nats an example
 * @param gradientNorm global norm before clipping; where it is not finite the step changed nothing
 * @param tokens real (non-padding) tokens in the batch
 */
public record StepResult(double loss, double gradientNorm, long tokens) {}
