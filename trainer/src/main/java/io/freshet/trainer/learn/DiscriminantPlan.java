package io.freshet.trainer.learn;

import io.freshet.model.discriminant.Blend;
import io.freshet.model.discriminant.FeaturePlan;

/**
 * The numbers of a discriminant beside the transformer.
 *
 * @param prior examples that the covariance's prior counts as, above 0
 * @param lexical places of the lexical features, at least 1
 * @param kernel width of the random Fourier features, at least 1
 * @param dense widest that the encoder's features are taken as they are, at least 1
 * @param corrections how many of the latest examples can be corrected, at least 0
 * @param ensemble of the heads that answer together
 */
public record DiscriminantPlan(double prior, int lexical, int kernel, int dense, int corrections, Ensemble ensemble) {

    /** The defaults of the settings. */
    public static final DiscriminantPlan USUAL = new DiscriminantPlan(
            300,
            1024,
            2048,
            1024,
            5_000,
            new Ensemble(new Blend.Weights(0.5, 0.08, 1), 0.8, true, new Rehearse(5_000, 4)));

    /**
     * The heads that answer together.
     *
     * @param weights how much each counts
     * @param linearRate AdaGrad's rate of the linear softmax, positive
     * @param prior whether the stream's own answers follow the stream
     * @param rehearse what the linear softmax rehearses
     */
    public record Ensemble(Blend.Weights weights, double linearRate, boolean prior, Rehearse rehearse) {
        public Ensemble {
            if (!(linearRate > 0 && linearRate < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("linearRate %s is not a positive number".formatted(linearRate));
            }
        }
    }

    /**
     * What the linear softmax rehearses, of features that are kept.
     *
     * @param size most examples kept, at least 0
     * @param ratio examples rehearsed for each new one, at least 0
     */
    public record Rehearse(int size, int ratio) {
        public Rehearse {
            if (size < 0 || ratio < 0) {
                throw new IllegalArgumentException("size %d and ratio %d must be at least 0".formatted(size, ratio));
            }
        }
    }

    /** Who answers. */
    public enum Head {
        /** The transformer alone. */
        NONE(false),
        /** The discriminant of the encoder's features. */
        ENCODER(false),
        /** The discriminant of random Fourier features of these. */
        KERNEL(false),
        /** The discriminant of the encoder's and lexical features. */
        LEXICAL(false),
        /** The transformer, and the discriminant and a linear softmax of the encoder's and lexical features. */
        BOTH(true);

        private final boolean together;

        Head(boolean together) {
            this.together = together;
        }
    }

    public DiscriminantPlan {
        if (!(prior > 0 && prior < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("prior %s is not a positive number".formatted(prior));
        }
        if (lexical < 1 || kernel < 1 || dense < 1 || corrections < 0) {
            throw new IllegalArgumentException(
                    "lexical %d, kernel %d and dense %d must be at least 1, corrections %d at least 0"
                            .formatted(lexical, kernel, dense, corrections));
        }
    }

    /** Returns how much each head counts. */
    Blend.Weights weights(Head head) {
        return head.together ? ensemble.weights : Blend.Weights.DISCRIMINANT_ALONE;
    }

    /** Returns whether the stream's own answers follow the frequencies of its labels. */
    boolean followsStream(Head head) {
        return head.together && ensemble.prior;
    }

    /**
     * Returns the features that a head looks at.
     *
     * @param encoder width of the encoder's
     */
    FeaturePlan features(Head head, int encoder) {
        return switch (head) {
            case NONE -> throw new IllegalArgumentException("the transformer alone has no features of its own");
            case ENCODER -> new FeaturePlan(FeaturePlan.Kind.LINEAR, encoder, dense, 0, 0);
            case KERNEL -> new FeaturePlan(FeaturePlan.Kind.FOURIER, encoder, dense, 0, kernel);
            case LEXICAL, BOTH -> new FeaturePlan(FeaturePlan.Kind.LINEAR, encoder, dense, lexical, 0);
        };
    }
}
