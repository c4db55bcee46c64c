package io.freshet.evaluator.statistics;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/**
 * Quality of one model on some examples. The macro figures are means over the labels that occurred, as the truth or as an
 * answer; a label that was never answered has precision 0, one that was never the truth has recall 0.
 *
 * @param accuracy share of right answers
 * @param macroPrecision mean precision
 * @param macroRecall mean recall
 * @param macroF1 mean F1
 * @param logLoss mean of -ln(probability of the true label), nats
 */
public record Quality(double accuracy, double macroPrecision, double macroRecall, double macroF1, double logLoss) {

    /** Computes the figures; all of them are 0 where nothing was counted. */
    public static Quality of(AnswerTally answers, Collection<LabelTally> labels) {
        double n = Math.max(1, answers.answers());
        return new Quality(
                answers.right() / n,
                mean(labels, LabelTally::precision),
                mean(labels, LabelTally::recall),
                mean(labels, LabelTally::f1),
                answers.lossSum() / n);
    }

    private static double mean(Collection<LabelTally> labels, ToDoubleFunction<LabelTally> figure) {
        return labels.stream().mapToDouble(figure).average().orElse(0);
    }
}
