package io.freshet.model;

import io.freshet.model.text.TokenIds;
import io.freshet.model.torch.TokenBatch;
import io.freshet.model.torch.TorchModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Scores any number of texts: those of like length together, so that little is padding. */
final class Scoring {

    /** Most tokens of a batch, padding included: enough to keep two cores busy, small beside a model. */
    private static final int BUDGET = 4096;

    private Scoring() {}

    /**
     * Computes the logits of texts.
     *
     * @param padding id that fills up shorter texts
     * @return one row a text, in the order of {@code texts}
     */
    static float[][] logits(TorchModel model, List<TokenIds> texts, int padding) {
        List<Integer> order = IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> texts.get(i).length()))
                .toList();
        float[][] logits = new float[texts.size()][];
        int begin = 0;
        while (begin < order.size()) {
            int end = begin + 1;
            while (end < order.size()
                    && (end - begin + 1) * texts.get(order.get(end)).length() <= BUDGET) {
                end++;
            }
            List<TokenIds> batch = new ArrayList<>();
            order.subList(begin, end).forEach(i -> batch.add(texts.get(i)));
            float[][] rows = model.logits(batch(batch, padding));
            for (int i = begin; i < end; i++) {
                logits[order.get(i)] = rows[i - begin];
            }
            begin = end;
        }
        return logits;
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
