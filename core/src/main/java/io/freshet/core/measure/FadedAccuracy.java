package io.freshet.core.measure;

/**
 * Prequential accuracy in which older predictions count less and less: S(i) = [right at i] + a S(i-1), divided by
 * N(i) = 1 + a N(i-1) (Gama, Sebastião and Rodrigues 2013, "On evaluating stream learning algorithms", section 3.2). It is
 * like a mean over the last 1 / (1 - a), in two numbers.
 */
public final class FadedAccuracy {

    private final double factor;
    private double right;
    private double count;

    /**
     * What a checkpoint keeps.
     *
     * @param right faded number of right predictions, in [0, count]
     * @param count faded number of predictions, at least 0
     */
    public record State(double right, double count) {

        public static final State EMPTY = new State(0, 0);

        public State {
            if (!(right >= 0 && right <= count && count < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("%s right of %s do not fit together".formatted(right, count));
            }
        }
    }

    /** @param factor what each prediction counts of the one after it, in (0, 1]; 1 fades nothing */
    public FadedAccuracy(double factor, State state) {
        if (!(factor > 0 && factor <= 1)) {
            throw new IllegalArgumentException("factor %s is outside (0, 1]".formatted(factor));
        }
        this.factor = factor;
        this.right = state.right;
        this.count = state.count;
    }

    public void add(boolean isRight) {
        right = (isRight ? 1 : 0) + factor * right;
        count = 1 + factor * count;
    }

    /** Returns the accuracy, in [0, 1]; 0 before the first prediction. */
    public double accuracy() {
        return count == 0 ? 0 : right / count;
    }

    public State state() {
        return new State(right, count);
    }
}
