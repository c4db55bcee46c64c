package io.freshet.model;

import java.util.List;

/** A classifier that learns. A batch's labels must all be known. */
public interface TrainableClassifier extends Classifier, Trainable {

    /**
     * Grows the head by one row for a label not yet known: weights drawn from (seed, row), optimizer moments zero.
     *
     * @throws IllegalArgumentException if the label is known already
     */
    void addLabel(String label, long seed);

    /**
     * Computes the logits of texts with the trained weights as they are, not their average, without dropout.
     *
     * @return one row a text, one column a label, before any softmax
     */
    List<float[]> logits(List<EncodedText> inputs);

    /**
     * Returns a view that answers with the averaged weights, see {@link StepSettings#averageDecay}, or with the weights
     * themselves where there is no average. It has the labels that are known now. Closing it does nothing; it must not be
     * used after the model.
     */
    Classifier averaged();
}
