package io.freshet.cli.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Multinomial logistic regression that learns one example at a time with AdaGrad (Duchi, Hazan and Singer 2011). All
 * features of a text have the same value, so that its length is 1. Labels are added as they come, their weights 0.
 */
final class LinearModel {

    private static final float EPSILON = 1e-8f;

    private final float[][] weights;
    private final float[][] squares;
    private final float rate;
    private final List<String> labels = new ArrayList<>();

    /**
     * @param features how many there are
     * @param rate of learning, positive
     */
    LinearModel(int features, double rate) {
        this.weights = new float[features][0];
        this.squares = new float[features][0];
        this.rate = (float) rate;
    }

    List<String> labels() {
        return List.copyOf(labels);
    }

    /** Returns whether the likeliest label is this one; the earlier label where two are equally likely. */
    boolean isRight(int[] features, String label) {
        int known = labels.indexOf(label);
        if (known < 0) {
            return false;
        }
        double[] logits = logits(features);
        int best = 0;
        for (int k = 1; k < logits.length; k++) {
            best = logits[k] > logits[best] ? k : best;
        }
        return best == known;
    }

    /** Takes one step on one example. */
    void learn(int[] features, String label) {
        int truth = labels.indexOf(label);
        if (truth < 0) {
            truth = labels.size();
            labels.add(label);
        }
        double[] gradients = probabilities(logits(features));
        gradients[truth] -= 1;
        float value = value(features);
        for (int feature : features) {
            float[] weight = grown(weights, feature);
            float[] square = grown(squares, feature);
            for (int k = 0; k < gradients.length; k++) {
                float gradient = (float) gradients[k] * value;
                square[k] += gradient * gradient;
                weight[k] -= rate * gradient / (float) Math.sqrt(square[k] + EPSILON);
            }
        }
    }

    private static float value(int[] features) {
        return (float) (1 / Math.sqrt(features.length));
    }

    private double[] logits(int[] features) {
        double[] logits = new double[labels.size()];
        float value = value(features);
        for (int feature : features) {
            float[] weight = weights[feature];
            for (int k = 0; k < weight.length && k < logits.length; k++) {
                logits[k] += weight[k] * value;
            }
        }
        return logits;
    }

    /** Turns logits into probabilities in place. */
    private static double[] probabilities(double[] logits) {
        double most = Arrays.stream(logits).max().orElse(0);
        double sum = 0;
        for (int k = 0; k < logits.length; k++) {
            logits[k] = Math.exp(logits[k] - most);
            sum += logits[k];
        }
        for (int k = 0; k < logits.length; k++) {
            logits[k] /= sum;
        }
        return logits;
    }

    /** Returns a feature's row with room for all labels; rows grow by half so that growth is rare. */
    private float[] grown(float[][] rows, int feature) {
        float[] row = rows[feature];
        if (row.length < labels.size()) {
            rows[feature] = Arrays.copyOf(row, Math.max(labels.size(), row.length + row.length / 2));
        }
        return rows[feature];
    }
}
