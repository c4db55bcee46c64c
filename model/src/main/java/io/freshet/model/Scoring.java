package io.freshet.model;

import io.freshet.model.text.TokenIds;
import io.freshet.model.torch.TokenBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Scores any number of texts: those of like length together, so that little is padding. */
final class Scoring {

    /** Most tokens of a batch, padding included: enough to keep two cores busy, small beside a model. */
    private static final int BUDGET = 4096;

    private Scoring() {}

    /**
     * Computes a row for each text.
     *
     * @param padding id that fills up shorter texts
     * @param compute one row a text of a padded batch
     * @return one row a text, in the order of {@code texts}
     */
    static float[][] rows(List<TokenIds> texts, int padding, Function<TokenBatch, float[][]> compute) {
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
        List<Integer> order = IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> texts.get(i).length()))
                .toList();
        List<int[]> batches = new ArrayList<>();
        int begin = 0;
        while (begin < order.size()) {
            int end = begin + 1;
            while (end < order.size()
                    && (end - begin + 1) * texts.get(order.get(end)).length() <= BUDGET) {
                end++;
            }
            batches.add(order.subList(begin, end).stream()
                    .mapToInt(Integer::intValue)
                    .toArray());
            begin = end;
        }
        return batches;
    }

    static TokenBatch batch(List<TokenIds> texts, int padding) {
        return TokenBatch.of(
                texts.stream().map(TokenIds::ids).toList(),
                texts.stream().map(TokenIds::types).toList(),
                padding);
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
