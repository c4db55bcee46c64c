package io.freshet.evaluator.statistics;

/**
 * Right answers and log-loss of one model. Immutable.
 *
 * @param answers answers counted, at least 0
 * @param right right answers, in [0, answers]
 * @param lossSum sum of -ln(probability of the true label), nats
 */
public record AnswerTally(long answers, long right, double lossSum) {

    public static final AnswerTally NONE = new AnswerTally(0, 0, 0);

    public AnswerTally {
        if (right < 0 || right > answers || !(lossSum >= 0)) {
            throw new IllegalArgumentException(
                    "right %d must be in [0, answers %d], loss %s at least 0".formatted(right, answers, lossSum));
        }
    }

    /**
     * Counts one more answer.
     *
     * @param probability the model's probability of the true label, in (0, 1]
     */
    public AnswerTally add(boolean correct, double probability) {
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability %s is outside (0, 1]".formatted(probability));
        }
        // -ln 1 is -0.0, which would print as a negative loss
        return new AnswerTally(answers + 1, right + (correct ? 1 : 0), lossSum + Math.max(0, -Math.log(probability)));
    }
}
