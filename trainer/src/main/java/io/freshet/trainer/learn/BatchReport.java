package io.freshet.trainer.learn;

import java.util.List;

/**
 * What became of one micro-batch.
 *
 * @param trained examples learned from
 * @param overLimit indices of the examples left out because their label is beyond the limit
 * @param steps the last optimizer step, {@link Steps#NONE} where there was none
 */
public record BatchReport(int trained, List<Integer> overLimit, Steps steps) {

    /**
     * An optimizer step.
     *
     * @param loss mean loss of the step, nats an example
     * @param gradientNorm global norm before clipping
     * @param tokens real tokens in the step
     * @param replayed examples mixed in
     * @param learningRate rate of the body
     */
    public record Steps(double loss, double gradientNorm, long tokens, int replayed, double learningRate) {

        static final Steps NONE = new Steps(0, 0, 0, 0, 0);

        Steps(LearningStrategy.Update update, double learningRate) {
            this(
                    update.result().loss(),
                    update.result().gradientNorm(),
                    update.result().tokens(),
                    update.replayed(),
                    learningRate);
        }
    }

    public BatchReport {
        overLimit = List.copyOf(overLimit);
    }
}
