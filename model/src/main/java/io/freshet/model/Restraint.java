package io.freshet.model;

/**
 * What holds a classifier's step back.
 *
 * @param pull strength of the pull towards the held weights, see {@link TrainableClassifier#hold}: it adds pull *
 *     importance * (weight - held weight) to the gradient before clipping, and nothing while no weights are held; at least
 *     0
 * @param frozenBody whether only the head learns: no other weight and no moment of it changes
 * @param frozenRows how many of the first labels keep their rows of the head, with their moments, as they are; at most as
 *     many as there are labels
 */
public record Restraint(double pull, boolean frozenBody, int frozenRows) {

    public static final Restraint NONE = new Restraint(0, false, 0);

    public Restraint {
        if (!(pull >= 0 && pull < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("pull %s is not a finite number of at least 0".formatted(pull));
        }
        if (frozenRows < 0) {
            throw new IllegalArgumentException("frozenRows %d is negative".formatted(frozenRows));
        }
    }

    /** Whether a part of the trained weights is left as it is. */
    public boolean freezes() {
        return frozenBody || frozenRows > 0;
    }

    /**
     * Checks that the head has the rows.
     *
     * @throws IllegalArgumentException if it has fewer
     */
    void requireRows(int labels) {
        if (frozenRows > labels) {
            throw new IllegalArgumentException("frozenRows %d is above %d, the number of labels; freeze at most those"
                    .formatted(frozenRows, labels));
        }
    }
}
