package io.freshet.model.torch;

import io.freshet.model.arch.GuidedScript;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Texts with what to learn from them. Immutable. */
public final class LabelledBatch {

    /** Stands where no token is to be predicted. */
    public static final long NONE = -100;

    private final TokenBatch texts;
    private final long[] labels;
    private final float[] weights;
    private final boolean tokens;
    private final float @Nullable [] guide;

    private LabelledBatch(TokenBatch texts, long[] labels, float[] weights, boolean tokens, float @Nullable [] guide) {
        this.texts = texts;
        this.labels = labels;
        this.weights = weights;
        this.tokens = tokens;
        this.guide = guide;
    }

    /**
     * Texts with a label each.
     *
     * @param labels row of the head for each text
     * @param weights weight of each text in the loss, finite and at least 0
     */
    public static LabelledBatch classes(TokenBatch texts, long[] labels, float[] weights) {
        return classes(texts, labels, weights, null);
    }

    /**
     * Texts with a label each, and guides.
     *
     * @param guide shape ({@link GuidedScript#PLANES}, texts, labels of the model), see {@link GuidedScript}; taken over;
     *     null for none
     */
    public static LabelledBatch classes(TokenBatch texts, long[] labels, float[] weights, float @Nullable [] guide) {
        if (labels.length != texts.rows() || weights.length != texts.rows()) {
            throw new IllegalArgumentException(
                    "%d texts, %d labels, %d weights".formatted(texts.rows(), labels.length, weights.length));
        }
        if (guide != null && guide.length % (GuidedScript.PLANES * texts.rows()) != 0) {
            throw new IllegalArgumentException(
                    "%d texts, but guides of %d numbers".formatted(texts.rows(), guide.length));
        }
        return new LabelledBatch(texts, labels.clone(), weights.clone(), false, guide);
    }

    /**
     * Texts with tokens to predict, as many as the labels that are not {@link #NONE}; at least one.
     *
     * @param labels token id or {@link #NONE} at each place of the padded texts, one text after the other; for a causal
     *     model the labels are the texts themselves, and what stands at a text's first place is not predicted
     * @param weights weight of each text's tokens in the loss, finite and at least 0
     */
    public static LabelledBatch tokens(TokenBatch texts, long[] labels, float[] weights, boolean causal) {
        if (labels.length != texts.rows() * texts.width() || weights.length != texts.rows()) {
            throw new IllegalArgumentException("%d texts of %d tokens, %d labels, %d weights"
                    .formatted(texts.rows(), texts.width(), labels.length, weights.length));
        }
        float[] each = new float[labels.length];
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != NONE && !(causal && i % texts.width() == 0)) {
                each[count++] = weights[i / texts.width()];
            }
        }
        if (count == 0) {
            throw new IllegalArgumentException("no token of the batch is to be predicted");
        }
        return new LabelledBatch(texts, labels.clone(), Arrays.copyOf(each, count), true, null);
    }

    public TokenBatch texts() {
        return texts;
    }

    /** Returns the sum of the weights, of texts or of predicted tokens: what a mean loss is divided by. */
    public double total() {
        double total = 0;
        for (float weight : weights) {
            total += weight;
        }
        return total;
    }

    /** Returns the labels; not a copy. */
    long[] labels() {
        return labels;
    }

    /** Returns the shape of the labels. */
    long[] shape() {
        return tokens ? new long[] {texts.rows(), texts.width()} : new long[] {texts.rows()};
    }

    /** Returns the weights, one a text or one a predicted token; not a copy. */
    float[] weights() {
        return weights;
    }

    /** Returns the guides, not a copy; null for none. */
    float @Nullable [] guide() {
        return guide;
    }
}
