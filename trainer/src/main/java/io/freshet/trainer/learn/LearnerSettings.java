package io.freshet.trainer.learn;

/**
 * How micro-batches are learned from.
 *
 * @param seed seed of dropout, new head rows and replay
 * @param rate learning rate of the body
 * @param headRate learning rate of the classification head
 * @param weightDecay AdamW's decoupled decay, at least 0
 * @param clipNorm largest global gradient norm, positive; infinite for none
 * @param stepsPerBatch optimizer steps on each micro-batch, at least 1
 * @param labelLimit most labels the head grows to, at least 1
 * @param replay the replay memory
 */
public record LearnerSettings(
        long seed,
        WarmUp rate,
        WarmUp headRate,
        double weightDecay,
        double clipNorm,
        int stepsPerBatch,
        int labelLimit,
        Replay replay) {

    public LearnerSettings {
        if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weightDecay %s is not a number of at least 0".formatted(weightDecay));
        }
        if (!(clipNorm > 0)) {
            throw new IllegalArgumentException("clipNorm %s is not positive".formatted(clipNorm));
        }
        if (stepsPerBatch < 1) {
            throw new IllegalArgumentException("stepsPerBatch %d is below 1".formatted(stepsPerBatch));
        }
        if (labelLimit < 1) {
            throw new IllegalArgumentException("labelLimit %d is below 1".formatted(labelLimit));
        }
    }

    /**
     * Replay memory.
     *
     * @param strategy which strategy learns
     * @param size most examples kept; 0 keeps none
     * @param ratio examples replayed for each new one; 0 replays none
     */
    public record Replay(Strategy strategy, int size, double ratio) {
        public Replay {
            if (size < 0) {
                throw new IllegalArgumentException("size %d is negative".formatted(size));
            }
            if (!(ratio >= 0 && ratio < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("ratio %s is not a number of at least 0".formatted(ratio));
            }
        }

        boolean on() {
            return strategy == Strategy.REPLAY && size > 0 && ratio > 0;
        }
    }
}
