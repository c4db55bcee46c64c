package io.freshet.client;

import java.util.Optional;

/**
 * A model's answer on one text.
 *
 * @param prediction the most probable label; empty where the model knows no labels yet
 * @param sequence number of the champion that answered, from 1; 0 for a model opened from a directory
 * @param checkpoint checkpoint id of the model that answered
 */
public record Classification(Optional<LabelPrediction> prediction, long sequence, String checkpoint) {

    /**
     * A label and how sure the model is of it.
     *
     * @param label the label
     * @param probability softmax probability, in [0, 1]
     */
    public record LabelPrediction(String label, double probability) {}

    /** Returns the label alone; empty where the model knows no labels yet. */
    public Optional<String> label() {
        return prediction.map(LabelPrediction::label);
    }
}
