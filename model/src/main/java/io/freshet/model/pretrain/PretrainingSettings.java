package io.freshet.model.pretrain;

import io.freshet.model.ModelShape;
import io.freshet.model.Precision;
import io.freshet.model.arch.PretrainingTask;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How an encoder is pretrained.
 *
 * @param task what it learns to do
 * @param shape its sizes
 * @param pieces most word pieces of its vocabulary
 * @param seed of weights, order, masks and dropout
 * @param budget when it is done
 * @param batch sizes of a batch
 * @param curve learning rate
 * @param weightDecay AdamW's decoupled decay, at least 0; none on biases and norms
 * @param clipNorm largest global gradient norm, positive
 * @param precision what is computed in
 * @param threads threads of one operation; 0 for half of the processors
 * @param device where it is computed, as {@link io.freshet.model.ModelOptions} has it
 */
public record PretrainingSettings(
        PretrainingTask task,
        ModelShape shape,
        int pieces,
        long seed,
        Budget budget,
        Batch batch,
        RateCurve curve,
        double weightDecay,
        double clipNorm,
        Precision precision,
        int threads,
        String device) {

    /**
     * Sizes of a batch.
     *
     * @param tokens of packed sequences, at least one sequence
     * @param sequence tokens of a packed sequence, at least 8 and no more than the model's positions
     * @param masked share of the tokens to be predicted, in (0, 1)
     * @param pairs utterances with a response, at least 2; where the task matches responses
     */
    public record Batch(int tokens, int sequence, double masked, int pairs) {
        public Batch {
            if (sequence < 8) {
                throw new IllegalArgumentException("sequences of %d tokens are shorter than 8".formatted(sequence));
            }
            if (tokens < sequence) {
                throw new IllegalArgumentException(
                        "a batch of %d tokens does not hold a sequence of %d".formatted(tokens, sequence));
            }
            if (!(masked > 0 && masked < 1)) {
                throw new IllegalArgumentException("a masked share of %s is outside (0, 1)".formatted(masked));
            }
            if (pairs < 2) {
                throw new IllegalArgumentException("%d pairs are fewer than 2".formatted(pairs));
            }
        }

        int rows() {
            return tokens / sequence;
        }
    }

    public PretrainingSettings {
        if (batch.sequence() > shape.maxPositions()) {
            throw new IllegalArgumentException("sequences of %d tokens are longer than the model's %d positions"
                    .formatted(batch.sequence(), shape.maxPositions()));
        }
        if (pieces > 65_536) {
            throw new IllegalArgumentException("%d word pieces are more than 65,536".formatted(pieces));
        }
        if (!(weightDecay >= 0 && weightDecay < 1)) {
            throw new IllegalArgumentException("a weight decay of %s is outside [0, 1)".formatted(weightDecay));
        }
        if (!(clipNorm > 0)) {
            throw new IllegalArgumentException("clipNorm %s is not positive".formatted(clipNorm));
        }
    }

    /**
     * Standard deviation of random weights. BERT's 0.02 is for a width of 768; a narrow model that starts there first
     * spends hundreds of steps on growing its weights, so that it goes with the inverse root of the width here.
     */
    double deviation() {
        return 0.02 * Math.sqrt(768.0 / shape.hidden());
    }

    /** Returns everything that the weights depend on, under the names of the command's options, for cards and comparisons. */
    Map<String, String> described() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("objective", task.key());
        all.put("layers", Integer.toString(shape.layers()));
        all.put("hidden", Integer.toString(shape.hidden()));
        all.put("heads", Integer.toString(shape.heads()));
        all.put("intermediate", Integer.toString(shape.intermediate()));
        all.put("positions", Integer.toString(shape.maxPositions()));
        all.put("dropout", Double.toString(shape.dropout()));
        all.put("vocab-size", Integer.toString(pieces));
        all.put("seed", Long.toString(seed));
        all.put("budget", budget.toString());
        all.put("batch-tokens", Integer.toString(batch.tokens()));
        all.put("sequence-tokens", Integer.toString(batch.sequence()));
        all.put("masked", Double.toString(batch.masked()));
        if (task == PretrainingTask.RESPONSES) {
            all.put("pairs", Integer.toString(batch.pairs()));
        }
        all.put("learning-rate", Double.toString(curve.peak()));
        all.put("warm-up", Double.toString(curve.warmUp()));
        all.put("weight-decay", Double.toString(weightDecay));
        all.put("clip-norm", Double.toString(clipNorm));
        all.put("precision", precision.key());
        return all;
    }
}
