package io.freshet.model.torch;

/** Texts with what to learn from them. */
public final class LabelledBatch {

    private final TokenBatch texts;
    private final int[] labels;
    private final float[] weights;

    /**
     * @param labels row of the head for each text
     * @param weights weight of each text in the loss, finite and at least 0
     */
    public LabelledBatch(TokenBatch texts, int[] labels, float[] weights) {
        if (labels.length != texts.rows() || weights.length != texts.rows()) {
            throw new IllegalArgumentException(
                    "%d texts, %d labels, %d weights".formatted(texts.rows(), labels.length, weights.length));
        }
        this.texts = texts;
        this.labels = labels.clone();
        this.weights = weights.clone();
    }

    public TokenBatch texts() {
        return texts;
    }

    int[] labels() {
        return labels;
    }

    float[] weights() {
        return weights;
    }
}
