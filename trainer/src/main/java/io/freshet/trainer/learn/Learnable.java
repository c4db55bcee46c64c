package io.freshet.trainer.learn;

import io.freshet.model.EncodedText;
import io.freshet.model.TextInput;
import org.jspecify.annotations.Nullable;

/**
 * An example ready to be learned from.
 *
 * @param id the example's id
 * @param label what a classifier learns; null for a language model
 * @param weight weight in the loss, finite, not negative
 * @param encoded {@code input} as the model's tokenizer encodes it
 */
public record Learnable(
        String id, TextInput input, @Nullable String label, double weight, EncodedText encoded) {
    public Learnable {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight %s is not a finite number of at least 0".formatted(weight));
        }
    }
}
