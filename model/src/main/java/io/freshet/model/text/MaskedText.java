package io.freshet.model.text;

/** A text with hidden tokens. Immutable. */
public final class MaskedText {

    /** Stands where nothing is predicted. */
    public static final int NONE = -100;

    private final int[] ids;
    private final int[] labels;

    MaskedText(int[] ids, int[] labels) {
        this.ids = ids;
        this.labels = labels;
    }

    /** Returns what the model reads; a copy. */
    public int[] ids() {
        return ids.clone();
    }

    /** Returns the hidden token's id where one is to be predicted, {@link #NONE} elsewhere; a copy. */
    public int[] labels() {
        return labels.clone();
    }
}
