package io.freshet.model;

/**
 * Settings of one optimizer step.
 *
 * @param step number of the step, from 1; with the seed it fixes the dropout of the step
 * @param seed seed of the run
 * @param learningRate AdamW's learning rate
 * @param headLearningRate learning rate of the classification head
 * @param weightDecay decoupled decay; biases and normalisation weights have none unless {@code decayAll}
 * @param decayAll whether every parameter decays, as in the plain PyTorch optimizer
 * @param clipNorm largest global gradient norm; infinite for none
 */
public record StepSettings(
        long step,
        long seed,
        double learningRate,
        double headLearningRate,
        double weightDecay,
        boolean decayAll,
        double clipNorm) {}
