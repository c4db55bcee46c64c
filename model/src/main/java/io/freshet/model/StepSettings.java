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
 * @param labelSmoothing share of each target that is spread evenly over all labels or words (Szegedy et al., 2016,
 *     section 7), in [0, 1)
 * @param tokenBudget most tokens, padding included, that are computed at once: a larger batch is cut into micro-batches
 *     of texts of like length, whose gradients are added; 0 for no limit
 * @param averageDecay decay of the moving average of the trained weights, in [0, 1); 0 for no average
 * @param restraint what holds the step back
 */
public record StepSettings(
        long step,
        long seed,
        double learningRate,
        double headLearningRate,
        double weightDecay,
        boolean decayAll,
        double clipNorm,
        double labelSmoothing,
        int tokenBudget,
        double averageDecay,
        Restraint restraint) {

    public StepSettings {
        requireRate("learningRate", learningRate);
        requireRate("headLearningRate", headLearningRate);
        requireRate("weightDecay", weightDecay);
        if (!(clipNorm > 0)) {
            throw new IllegalArgumentException("clipNorm %s is not above 0".formatted(clipNorm));
        }
        requireShare("labelSmoothing", labelSmoothing);
        requireShare("averageDecay", averageDecay);
        if (tokenBudget < 0) {
            throw new IllegalArgumentException("tokenBudget %d is negative".formatted(tokenBudget));
        }
    }

    /** A whole batch at once, without smoothing, average and restraint. */
    public StepSettings(
            long step,
            long seed,
            double learningRate,
            double headLearningRate,
            double weightDecay,
            boolean decayAll,
            double clipNorm) {
        this(step, seed, learningRate, headLearningRate, weightDecay, decayAll, clipNorm, 0, 0, 0, Restraint.NONE);
    }

    public StepSettings withLabelSmoothing(double other) {
        return with(other, tokenBudget, averageDecay, restraint);
    }

    public StepSettings withTokenBudget(int other) {
        return with(labelSmoothing, other, averageDecay, restraint);
    }

    public StepSettings withAverageDecay(double other) {
        return with(labelSmoothing, tokenBudget, other, restraint);
    }

    /** See {@link Restraint#pull}. */
    public StepSettings withPull(double strength) {
        return withRestraint(new Restraint(strength, restraint.frozenBody(), restraint.frozenRows()));
    }

    /** See {@link Restraint#frozenBody}. */
    public StepSettings withFrozenBody(boolean frozen) {
        return withRestraint(new Restraint(restraint.pull(), frozen, restraint.frozenRows()));
    }

    /** See {@link Restraint#frozenRows}. */
    public StepSettings withFrozenRows(int rows) {
        return withRestraint(new Restraint(restraint.pull(), restraint.frozenBody(), rows));
    }

    public StepSettings withRestraint(Restraint other) {
        return with(labelSmoothing, tokenBudget, averageDecay, other);
    }

    private StepSettings with(double smoothing, int budget, double decay, Restraint held) {
        return new StepSettings(
                step,
                seed,
                learningRate,
                headLearningRate,
                weightDecay,
                decayAll,
                clipNorm,
                smoothing,
                budget,
                decay,
                held);
    }

    private static void requireRate(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s %s is not a finite number of at least 0".formatted(name, value));
        }
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException("%s %s is outside [0, 1)".formatted(name, value));
        }
    }
}
