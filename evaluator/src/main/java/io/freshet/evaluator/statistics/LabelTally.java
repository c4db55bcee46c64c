package io.freshet.evaluator.statistics;

/**
 * One label's row and column of a confusion matrix.
 *
 * @param truths examples that have the label
 * @param predictions examples that were answered with the label
 * @param hits examples of both kinds, at most either
 */
public record LabelTally(long truths, long predictions, long hits) {

    public static final LabelTally NONE = new LabelTally(0, 0, 0);

    public LabelTally {
        if (hits < 0 || truths < hits || predictions < hits) {
            throw new IllegalArgumentException(
                    "hits %d must be in [0, min(truths %d, predictions %d)]".formatted(hits, truths, predictions));
        }
    }

    /** Counts an example that has the label and was answered with another one, or not at all. */
    public LabelTally missed() {
        return new LabelTally(truths + 1, predictions, hits);
    }

    /** Counts an example that has another label and was answered with this one. */
    public LabelTally mistaken() {
        return new LabelTally(truths, predictions + 1, hits);
    }

    /** Counts an example that has the label and was answered with it. */
    public LabelTally hit() {
        return new LabelTally(truths + 1, predictions + 1, hits + 1);
    }

    /** Returns the share of answers with the label that were right; 0 where there was none. */
    public double precision() {
        return predictions == 0 ? 0 : (double) hits / predictions;
    }

    /** Returns the share of the label's examples that were answered with it; 0 where there was none. */
    public double recall() {
        return truths == 0 ? 0 : (double) hits / truths;
    }

    /** Returns the harmonic mean of precision and recall, 2 hits / (truths + predictions). */
    double f1() {
        return truths + predictions == 0 ? 0 : 2.0 * hits / (truths + predictions);
    }
}
