package io.freshet.core.measure;

/**
 * How well one label is recognised.
 *
 * @param label it
 * @param truths examples that have it
 * @param predictions answers that are it
 * @param right answers that are it, rightly
 */
public record ClassScore(String label, long truths, long predictions, long right) {

    public ClassScore {
        if (right < 0 || right > truths || right > predictions) {
            throw new IllegalArgumentException("%d right of %d examples and %d answers of '%s' do not fit together"
                    .formatted(right, truths, predictions, label));
        }
    }

    /** Returns the share of its answers that are right, in [0, 1]; 0 where it was never answered. */
    public double precision() {
        return predictions == 0 ? 0 : (double) right / predictions;
    }

    /** Returns the share of its examples that are recognised, in [0, 1]; 0 where there are none. */
    public double recall() {
        return truths == 0 ? 0 : (double) right / truths;
    }

    /** Returns the harmonic mean of both, in [0, 1]. */
    public double f1() {
        return truths + predictions == 0 ? 0 : 2.0 * right / (truths + predictions);
    }
}
