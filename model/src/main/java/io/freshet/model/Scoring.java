package io.freshet.model;

import io.freshet.model.text.TokenIds;
import io.freshet.model.torch.Padding;
import io.freshet.model.torch.TokenBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Scores any number of texts: those of like length together, so that little is padding. */
final class Scoring {

    /** Most tokens of a batch, padding included: enough to keep two cores busy, small beside a model. */
    private static final int BUDGET = 4096;

    private Scoring() {}

    /**
     * Computes a row for each text.
     *
     * @param compute one row a text of a padded batch
     * @return one row a text, in the order of {@code texts}
     */
    static float[][] rows(List<TokenIds> texts, Padding padding, Function<TokenBatch, float[][]> compute) {
        float[][] all = new float[texts.size()][];
        for (int[] places : batches(texts)) {
            List<TokenIds> batch = new ArrayList<>();
            for (int place : places) {
                batch.add(texts.get(place));
            }
            float[][] rows = compute.apply(batch(batch, padding));
            for (int i = 0; i < places.length; i++) {
                all[places[i]] = rows[i];
            }
        }
        return all;
    }

    /** Cuts texts into batches of like length: the places of the texts of each. */
    static List<int[]> batches(List<TokenIds> texts) {
        return MicroBatches.sorted(lengths(texts), BUDGET);
    }

    static List<Integer> lengths(List<TokenIds> texts) {
        return texts.stream().map(TokenIds::length).toList();
    }

    static TokenBatch batch(List<TokenIds> texts, Padding padding) {
        return TokenBatch.of(
                texts.stream().map(TokenIds::ids).toList(),
                texts.stream().map(TokenIds::types).toList(),
                padding);
    }

    /** Returns the logarithms of the probabilities of logits divided by a temperature; the same on every platform. */
    static double[] logSoftmax(float[] logits, double temperature) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit / temperature);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += StrictMath.exp(logit / temperature - largest);
        }
        double[] logs = new double[logits.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = logits[i] / temperature - largest - StrictMath.log(sum);
        }
        return logs;
    }

    /** Turns logits into probabilities; computed in double precision with a function that is the same on every platform. */
    static float[] softmax(float[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double[] powers = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            powers[i] = StrictMath.exp(logits[i] - largest);
            sum += powers[i];
        }
        float[] probabilities = new float[logits.length];
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] = (float) (powers[i] / sum);
        }
        return probabilities;
    }
}
