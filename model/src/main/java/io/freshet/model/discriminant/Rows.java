package io.freshet.model.discriminant;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The linear functions that tell classes apart: {@code bias + row . features} each. Immutable. */
public final class Rows {

    private final List<String> labels;
    private final double[] counts;
    private final List<float @Nullable []> weights;
    private final float[] biases;

    /**
     * @param labels in the order of appearance
     * @param counts how much the examples of each class count; 0 where none is left
     * @param weights of each class one row, not copied; null where it has no example left, and is not answered then
     * @param biases of each class
     */
    Rows(List<String> labels, double[] counts, List<float @Nullable []> weights, float[] biases) {
        this.labels = List.copyOf(labels);
        this.counts = counts.clone();
        this.weights = new ArrayList<>(weights); // List.copyOf takes no nulls
        this.biases = biases.clone();
        if (counts.length != labels.size() || weights.size() != labels.size() || biases.length != labels.size()) {
            throw new IllegalArgumentException("%d labels, %d counts, %d rows and %d biases"
                    .formatted(labels.size(), counts.length, weights.size(), biases.length));
        }
    }

    /** Returns the classes in the order of appearance. */
    public List<String> labels() {
        return labels;
    }

    /** Returns how much the examples of a class count. */
    double count(int place) {
        return counts[place];
    }

    /** Returns the row of a class, or null where it is not answered. */
    float @Nullable [] weights(int place) {
        return weights.get(place);
    }

    float bias(int place) {
        return biases[place];
    }

    /** Returns the value of each class's function, NaN where a class is not answered. */
    double[] logits(Features features) {
        double[] logits = new double[biases.length];
        for (int i = 0; i < logits.length; i++) {
            float[] row = weights.get(i);
            logits[i] = row == null ? Double.NaN : biases[i] + features.dot(row);
        }
        return logits;
    }
}
