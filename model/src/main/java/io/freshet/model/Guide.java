package io.freshet.model;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What the loss of one example of a classifier has beside its cross-entropy, or instead of it where the example's weight
 * is 0. Immutable; its arrays are copies.
 *
 * <p>With a batch of examples i of weight w(i), guides r(i) and cross-entropies c(i), the loss of a step is the sum of
 * w(i) c(i) + r(i), divided by the sum of the w(i), or by the number of examples where that sum is 0. Old examples of
 * weight 0 beside as many new ones of weight 1 so have the mean over either, as the papers write it.
 */
public final class Guide {

    /** Logits of the first labels, and their weight. */
    static class KeptLogits {
        private final float[] logits;
        private final double weight;

        private KeptLogits(float[] logits, double weight) {
            requireLogits(logits);
            requireWeight(weight);
            this.logits = logits.clone();
            this.weight = weight;
        }

        /** Returns the logits; not a copy. */
        final float[] logits() {
            return logits;
        }

        final double weight() {
            return weight;
        }
    }

    /** A teacher's logits of the first labels, their weight and the temperature of both softmaxes. */
    static final class Teacher extends KeptLogits {
        private final double temperature;

        private Teacher(float[] logits, double weight, double temperature) {
            super(logits, weight);
            if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "temperature %s is not a finite number above 0".formatted(temperature));
            }
            this.temperature = temperature;
        }

        double temperature() {
            return temperature;
        }
    }

    private final @Nullable KeptLogits recall;
    private final @Nullable Teacher teach;
    private final @Nullable BitSet among;

    private Guide(@Nullable KeptLogits recall, @Nullable Teacher teach, @Nullable BitSet among) {
        this.recall = recall;
        this.teach = teach;
        this.among = among;
    }

    /**
     * Adds the mean squared difference between the model's logits and earlier ones (Buzzega et al., "Dark experience for
     * general continual learning", 2020: DER, DER++).
     *
     * @param logits of the labels known when they were kept, which are the first of those known now; finite
     * @param weight alpha of the paper, at least 0
     */
    public static Guide recall(float[] logits, double weight) {
        return new Guide(new KeptLogits(logits, weight), null, null);
    }

    /**
     * Adds {@code temperature}² times the Kullback-Leibler divergence of the model's softmax over the teacher's labels from
     * the teacher's, both at that temperature (Li and Hoiem, "Learning without forgetting", 2016, section 3; the factor
     * that keeps gradients of one size is of Hinton et al., 2015).
     *
     * @param logits the teacher's, of the first labels; finite
     * @param weight at least 0
     * @param temperature above 0
     */
    public static Guide teach(float[] logits, double weight, double temperature) {
        return new Guide(null, new Teacher(logits, weight, temperature), null);
    }

    /**
     * Takes the softmax of the cross-entropy over some labels only (Caccia et al., "New insights on reducing abrupt
     * representation change in online continual learning", 2022, ER-ACE: new examples have the labels of their own batch).
     *
     * @param rows the labels' places in {@link Classifier#labels}; the example's own must be among them
     */
    public static Guide among(BitSet rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a softmax over no label; name the example's own at least");
        }
        return new Guide(null, null, (BitSet) rows.clone());
    }

    /**
     * Returns a guide with the parts of both.
     *
     * @throws IllegalArgumentException if both have the same part
     */
    public Guide and(Guide other) {
        if ((recall != null && other.recall != null)
                || (teach != null && other.teach != null)
                || (among != null && other.among != null)) {
            throw new IllegalArgumentException("both guides have the same part; a guide has one of each kind");
        }
        return new Guide(
                recall == null ? other.recall : recall,
                teach == null ? other.teach : teach,
                among == null ? other.among : among);
    }

    @Nullable
    KeptLogits recall() {
        return recall;
    }

    @Nullable
    Teacher teach() {
        return teach;
    }

    /** Returns the labels of the softmax, not a copy; null for all. */
    @Nullable
    BitSet among() {
        return among;
    }

    private static void requireLogits(float[] logits) {
        if (logits.length == 0) {
            throw new IllegalArgumentException("there are no logits; a guide needs those of at least one label");
        }
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                throw new IllegalArgumentException("logit %s is not finite".formatted(logit));
            }
        }
    }

    private static void requireWeight(double weight) {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight %s is not a finite number of at least 0".formatted(weight));
        }
    }
}
