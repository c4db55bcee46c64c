package io.freshet.model.pretrain;

import java.util.List;

/**
 * What a pretraining run came to.
 *
 * @param finished whether the budget is spent and the model written; otherwise the run can go on
 * @param steps steps taken
 * @param tokens tokens of packed sequences seen
 * @param corpusTokens tokens of the corpus
 * @param pieces size of the vocabulary
 * @param nanos time the steps took
 * @param heldOut loss on held-out text, nats: the total, then its parts where the task has several
 */
public record PretrainingReport(
        boolean finished, long steps, long tokens, long corpusTokens, int pieces, long nanos, List<Double> heldOut) {

    public PretrainingReport {
        heldOut = List.copyOf(heldOut);
    }
}
