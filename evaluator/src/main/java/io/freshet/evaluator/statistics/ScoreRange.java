package io.freshet.evaluator.statistics;

/**
 * A bounded score of single answers, and how two of them become a difference in [-1, 1] that tests fold.
 *
 * @param low the least score; lower ones are taken for it
 * @param high the greatest, above {@code low}; higher ones are taken for it
 * @param lessIsBetter whether a smaller score is the better one, as for a loss
 */
public record ScoreRange(double low, double high, boolean lessIsBetter) {

    /** Right (1) or wrong (0). */
    public static final ScoreRange ACCURACY = new ScoreRange(0, 1, false);

    /** Brier score: the sum over the labels of (probability - truth)^2. */
    public static final ScoreRange BRIER = new ScoreRange(0, 2, true);

    public ScoreRange {
        if (!(low >= -Double.MAX_VALUE && low < high && high <= Double.MAX_VALUE)) { // written so that NaN fails too
            throw new IllegalArgumentException("[%s, %s] is not a range of finite scores".formatted(low, high));
        }
    }

    /**
     * Returns the range of -ln(probability of the true label), clipped.
     *
     * @param most nats, above 0; that of the least probability which is told apart from 0
     */
    public static ScoreRange logLoss(double most) {
        return new ScoreRange(0, most, true);
    }

    /**
     * Returns by how much the candidate is better, in [-1, 1]: 1 is the width of the range.
     *
     * @param champion score of the champion, not NaN
     * @param candidate score of the candidate, not NaN
     */
    public double difference(double champion, double candidate) {
        if (Double.isNaN(champion) || Double.isNaN(candidate)) {
            throw new IllegalArgumentException(
                    "scores %s and %s: one that is not a number can't be compared".formatted(champion, candidate));
        }
        double gain = (clip(candidate) - clip(champion)) / (high - low);
        return lessIsBetter ? -gain : gain;
    }

    /** Returns a margin in units of the score as one of differences. */
    public double margin(double score) {
        return score / (high - low);
    }

    private double clip(double score) {
        return Math.max(low, Math.min(high, score));
    }
}
