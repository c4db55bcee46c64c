package io.freshet.core.measure;

/**
 * What changed from one model to another on the same examples: right before and wrong now (negative), or the other way
 * round (Yan et al. 2021, "Positive-congruent training", section 3: the negative flip rate). A model that is better on the
 * whole may still break what its users rely on.
 *
 * @param examples compared
 * @param negative of them: right before, wrong now
 * @param positive of them: wrong before, right now
 */
public record NegativeFlips(long examples, long negative, long positive) {

    public static final NegativeFlips NONE = new NegativeFlips(0, 0, 0);

    public NegativeFlips {
        if (negative < 0 || positive < 0 || examples < negative + positive) {
            throw new IllegalArgumentException(
                    "%d negative and %d positive flips of %d examples".formatted(negative, positive, examples));
        }
    }

    public NegativeFlips add(boolean rightBefore, boolean rightNow) {
        return new NegativeFlips(
                examples + 1,
                negative + (rightBefore && !rightNow ? 1 : 0),
                positive + (!rightBefore && rightNow ? 1 : 0));
    }

    /** Returns the share of all examples that flipped negatively, in [0, 1]; 0 where there are no examples. */
    public double rate() {
        return examples == 0 ? 0 : (double) negative / examples;
    }
}
