package io.freshet.trainer.drift;

import org.jspecify.annotations.Nullable;

/**
 * How wrong one example was predicted before it was learned from.
 *
 * @param error in [0, 1]; of a classifier 0 or 1
 * @param label the true one; null of a language model
 * @param known whether the label was learned from before, so that the prediction could have been right
 */
public record Outcome(double error, @Nullable String label, boolean known) {
    public Outcome {
        if (!(error >= 0 && error <= 1)) {
            throw new IllegalArgumentException("error %s is outside [0, 1]".formatted(error));
        }
    }
}
