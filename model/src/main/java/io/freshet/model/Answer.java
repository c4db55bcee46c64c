package io.freshet.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model answers on one text: softmax probabilities over its labels. Immutable. */
public final class Answer {

    /** Probability given to a label that the model does not know. */
    public static final double UNKNOWN = 1e-6;

    private final List<String> labels;
    private final float[] probabilities;

    /**
     * @param labels the model's labels, in the order of its classification head; empty where it has none
     * @param probabilities one a label, each in [0, 1]
     */
    public Answer(List<String> labels, float[] probabilities) {
        if (labels.size() != probabilities.length) {
            throw new IllegalArgumentException(
                    "%d labels but %d probabilities".formatted(labels.size(), probabilities.length));
        }
        this.labels = List.copyOf(labels);
        this.probabilities = probabilities.clone();
    }

    /** Returns the labels, in the order of the head. */
    public List<String> labels() {
        return labels;
    }

    /** Returns the probability of each label, in the order of the head. */
    public float[] probabilities() {
        return probabilities.clone();
    }

    /** Returns the most probable label, the first of several equal ones, or null where the model has no labels. */
    public @Nullable String label() {
        return labels.isEmpty() ? null : labels.get(best());
    }

    /** Returns the probability of {@link #label()}, in [0, 1]; 0 where the model has no labels. */
    public double probability() {
        return labels.isEmpty() ? 0 : probabilities[best()];
    }

    /** Returns the probability of {@code label}, at least {@link #UNKNOWN}, which is also what an unknown label has. */
    public double probabilityOf(String label) {
        int index = labels.indexOf(label);
        return index < 0 ? UNKNOWN : Math.max(UNKNOWN, probabilities[index]);
    }

    private int best() {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            if (probabilities[i] > probabilities[best]) {
                best = i;
            }
        }
        return best;
    }
}
