package io.freshet.cli.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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

    /** Returns the labels in the order in which they came; a view. */
    List<String> labels() {
        return Collections.unmodifiableList(labels);
    }

    /** Returns the probability of each label, in the order of {@link #labels}. */
    float[] probabilities(int[] features) {
        double[] probabilities = probabilities(logits(features));
        float[] floats = new float[probabilities.length];
        for (int k = 0; k < floats.length; k++) {
            floats[k] = (float) probabilities[k];
        }
        return floats;
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
