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
        double clipNorm) {

    public StepSettings {
        requireRate("learningRate", learningRate);
        requireRate("headLearningRate", headLearningRate);
        requireRate("weightDecay", weightDecay);
        if (!(clipNorm > 0)) {
            throw new IllegalArgumentException("clipNorm %s is not above 0".formatted(clipNorm));
        }
    }

    private static void requireRate(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s %s is not a finite number of at least 0".formatted(name, value));
        }
    }
}
