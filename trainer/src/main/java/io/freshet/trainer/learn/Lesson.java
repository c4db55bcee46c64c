package io.freshet.trainer.learn;

import io.freshet.model.Guide;
import org.jspecify.annotations.Nullable;

/**
 * One example as a step learns it.
 *
 * @param example whose label the model knows
 * @param share times the example's own weight and its label's, what its cross-entropy weighs; finite, at least 0
 * @param guide what its loss has beside the cross-entropy; null for nothing
 */
public record Lesson(
        Learnable example, double share, @Nullable Guide guide) {
    public Lesson {
        if (!(share >= 0 && share < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("share %s is not a finite number of at least 0".formatted(share));
        }
    }

    /** The cross-entropy alone. */
    public Lesson(Learnable example) {
        this(example, 1, null);
    }

    /** Returns the lesson guided by {@code more} too. */
    public Lesson with(Guide more) {
        return new Lesson(example, share, guide == null ? more : guide.and(more));
    }
}
