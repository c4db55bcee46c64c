package io.freshet.trainer.learn;

import io.freshet.model.StepResult;
import io.freshet.trainer.drift.DriftAlarm;
import java.util.List;

/**
 * What became of one cut.
 *
 * @param trained examples learned from
 * @param overLimit indices of the examples left out because their label is beyond the limit
 * @param steps the optimizer steps, {@link Steps#NONE} where there was none
 * @param alarms changes of the stream that its examples showed
 */
public record BatchReport(int trained, List<Integer> overLimit, Steps steps, List<DriftAlarm> alarms) {

    /**
     * The optimizer steps of a cut: of each of its micro-batches the last one.
     *
     * @param loss mean loss, nats an example, or a token for a language model
     * @param gradientNorm global norm before clipping, of the last step
     * @param tokens real tokens
     * @param replayed examples mixed in
     * @param learningRate rate of the body in the last step
     * @param count how many steps this sums up
     */
    public record Steps(double loss, double gradientNorm, long tokens, int replayed, double learningRate, int count) {

        static final Steps NONE = new Steps(0, 0, 0, 0, 0, 0);

        static Steps of(LearningStrategy.Update update, double learningRate) {
            StepResult result = update.result();
            return new Steps(result.loss(), result.gradientNorm(), result.tokens(), update.replayed(), learningRate, 1);
        }

        Steps and(Steps next) {
            if (next.count == 0) {
                return this;
            }
            int all = count + next.count;
            return new Steps(
                    (loss * count + next.loss * next.count) / all,
                    next.gradientNorm,
                    tokens + next.tokens,
                    replayed + next.replayed,
                    next.learningRate,
                    all);
        }
    }

    public BatchReport {
        overLimit = List.copyOf(overLimit);
        alarms = List.copyOf(alarms);
    }
}
