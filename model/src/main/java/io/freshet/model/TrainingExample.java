package io.freshet.model;

import org.jspecify.annotations.Nullable;

/**
 * An example to learn from.
 *
 * @param input the encoded text
 * @param label a label the model knows, see {@link TrainableClassifier#addLabel}; null for a language model
 * @param weight weight of the cross-entropy in the loss, finite, not negative
 * @param guide what a classifier's loss has beside it; null for nothing
 */
public record TrainingExample(
        EncodedText input,
        @Nullable String label,
        double weight,
        @Nullable Guide guide) {
    public TrainingExample {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight %s is not a finite number of at least 0".formatted(weight));
        }
    }

    public TrainingExample(EncodedText input, @Nullable String label, double weight) {
        this(input, label, weight, null);
    }
}
