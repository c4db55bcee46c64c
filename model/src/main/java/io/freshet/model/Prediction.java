package io.freshet.model;

import io.freshet.model.text.MaskedText;
import io.freshet.model.text.Masking;
import io.freshet.model.text.TokenIds;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A text and which of its tokens are to be predicted. */
final class Prediction {

    private final int[] ids;
    private final int[] types;
    private final int[] labels;
    private final int count;

    private Prediction(int[] ids, int[] types, int[] labels, int count) {
        this.ids = ids;
        this.types = types;
        this.labels = labels;
        this.count = count;
    }

    /** @param masking hides tokens of a masked language model; null for a causal one */
    static Prediction of(TokenIds text, @Nullable Masking masking, long seed) {
        if (masking == null) {
            return new Prediction(text.ids(), text.types(), text.ids(), text.length() - 1);
        }
        MaskedText masked = masking.mask(text, seed);
        int[] labels = masked.labels();
        int count = (int)
                Arrays.stream(labels).filter(label -> label != MaskedText.NONE).count();
        return new Prediction(masked.ids(), text.types(), labels, count);
    }

    /** Returns what the model reads. */
    int[] ids() {
        return ids;
    }

    /** Returns the token types. */
    int[] types() {
        return types;
    }

    /** Returns token id or {@link MaskedText#NONE} at each place; a causal model does not predict the first. */
    int[] labels() {
        return labels;
    }

    /** Returns how many tokens are predicted. */
    int count() {
        return count;
    }
}
