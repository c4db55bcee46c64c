package io.freshet.model;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Chooses tokens, one after the other, as a {@link Sampling} says. */
final class Sampler {

    private final Sampling sampling;
    private final SplittableRandom random;

    Sampler(Sampling sampling) {
        this.sampling = sampling;
        random = new SplittableRandom(sampling.seed());
    }

    /**
     * Chooses a token.
     *
     * @param logits one a token
     * @throws ModelException if they are not numbers: the model is broken
     */
    int choose(float[] logits) {
        for (float logit : logits) {
            if (Float.isNaN(logit)) {
                throw new ModelException("the model's logits are not numbers; its weights are broken");
            }
        }
        return sampling.temperature() == 0 ? likeliest(logits) : draw(logits);
    }

    private static int likeliest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        return best;
    }

    private int draw(float[] logits) {
        int[] order = descending(logits);
        int count = sampling.topK() == 0 ? order.length : Math.min(order.length, sampling.topK());
        double[] powers = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            powers[i] = StrictMath.exp((logits[order[i]] - (double) logits[order[0]]) / sampling.temperature());
            sum += powers[i];
        }
        int kept = 0;
        double reached = 0;
        while (kept < count && (kept == 0 || reached < sampling.topP() * sum)) {
            reached += powers[kept++];
        }
        double left = random.nextDouble() * reached;
        int chosen = 0;
        while (chosen < kept - 1 && left >= powers[chosen]) {
            left -= powers[chosen++];
        }
        return order[chosen];
    }

    /** Returns the places of the logits, the largest first, of equal ones the first first. */
    private static int[] descending(float[] logits) {
        long[] keys = new long[logits.length];
        for (int i = 0; i < keys.length; i++) {
            int bits = Float.floatToIntBits(logits[i] + 0f); // so that -0 is 0
            int ascending = bits < 0 ? bits ^ 0x7fffffff : bits; // ordered as the numbers are
            keys[i] = ((long) ~ascending << 32) | i;
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) keys[i];
        }
        return order;
    }
}
