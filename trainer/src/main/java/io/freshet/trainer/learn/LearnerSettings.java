package io.freshet.trainer.learn;

import io.freshet.model.Objective;
import io.freshet.trainer.cut.CutLimits;
import io.freshet.trainer.drift.DriftPolicy;

/**
 * How micro-batches are learned from.
 *
 * @param objective what is learned
 * @param seed seed of dropout, masks, new head rows and replay
 * @param optimizer rates, decay and clipping
 * @param loss smoothing and weights of labels
 * @param batches how what was cut is divided into steps
 * @param labelLimit most labels the head grows to, at least 1
 * @param plan how forgetting is fought
 * @param drift what watches the stream
 */
public record LearnerSettings(
        Objective objective,
        long seed,
        Optimizer optimizer,
        Loss loss,
        Batches batches,
        int labelLimit,
        StrategyPlan plan,
        DriftPolicy drift) {

    /** Settings of a learner whose stream is not watched. */
    public LearnerSettings(
            Objective objective,
            long seed,
            Optimizer optimizer,
            Loss loss,
            Batches batches,
            int labelLimit,
            StrategyPlan plan) {
        this(objective, seed, optimizer, loss, batches, labelLimit, plan, DriftPolicy.OFF);
    }

    public LearnerSettings {
        if (labelLimit < 1) {
            throw new IllegalArgumentException("labelLimit %d is below 1".formatted(labelLimit));
        }
    }

    /**
     * The optimizer.
     *
     * @param rate learning rate of the body
     * @param headRate learning rate of the head
     * @param weightDecay AdamW's decoupled decay, at least 0
     * @param clipNorm largest global gradient norm, positive; infinite for none
     * @param averageDecay share of the weights' average kept at each step, in [0, 1); 0 for no average
     */
    public record Optimizer(
            Schedule rate, Schedule headRate, double weightDecay, double clipNorm, double averageDecay) {
        public Optimizer {
            if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "weightDecay %s is not a number of at least 0".formatted(weightDecay));
            }
            if (!(clipNorm > 0)) {
                throw new IllegalArgumentException("clipNorm %s is not positive".formatted(clipNorm));
            }
            if (!(averageDecay >= 0 && averageDecay < 1)) {
                throw new IllegalArgumentException("averageDecay %s is outside [0, 1)".formatted(averageDecay));
            }
        }
    }

    /**
     * The loss.
     *
     * @param smoothing share of a target spread over all labels, in [0, 1)
     * @param classWeights how much the examples of each label count
     */
    public record Loss(double smoothing, ClassWeights classWeights) {

        /** Cross-entropy, every label the same. */
        public static final Loss PLAIN = new Loss(0, new ClassWeights.Equal());

        public Loss {
            if (!(smoothing >= 0 && smoothing < 1)) {
                throw new IllegalArgumentException("smoothing %s is outside [0, 1)".formatted(smoothing));
            }
        }
    }

    /**
     * Division of what was cut at once into steps.
     *
     * @param limits of a micro-batch's new examples
     * @param accumulation micro-batches whose gradients one step sums, at least 1
     * @param computeTokens most tokens computed at once, padding and replayed examples included; 0 for no limit
     * @param window steps' worth of new examples cut at once and sorted by length, at least 1; 1 leaves their order
     * @param repeats steps on each, at least 1
     */
    public record Batches(CutLimits limits, int accumulation, int computeTokens, int window, int repeats) {
        public Batches {
            if (accumulation < 1 || window < 1 || repeats < 1 || computeTokens < 0) {
                throw new IllegalArgumentException(
                        "accumulation %d, window %d and repeats %d must be at least 1, computeTokens %d at least 0"
                                .formatted(accumulation, window, repeats, computeTokens));
            }
        }

        /** Returns micro-batches in the order of arrival, one step each. */
        public static Batches plain(CutLimits limits) {
            return new Batches(limits, 1, 0, 1, 1);
        }

        /** Returns the limits of one step's new examples. */
        public CutLimits ofStep() {
            return limits.times(accumulation);
        }

        /** Returns the limits of what is cut at once. */
        public CutLimits ofCut() {
            return ofStep().times(window);
        }
    }
}
