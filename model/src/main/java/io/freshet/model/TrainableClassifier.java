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
     * Holds the trained weights as they are, each with importance 1, for {@link Restraint#pull} to pull towards (Li et al.,
     * "Explicit inductive bias for transfer learning with convolutional networks", 2018: L2-SP). Rows that are added to the
     * head later are held at their initial values with importance 0. What is held is part of the optimizer's state.
     */
    void hold();

    /**
     * Holds the trained weights as they are now, and takes what they mean for a sample into their importances: these become
     * {@code keep} times what they were plus the mean over the sample, by the examples' weights, of the squared gradient of
     * each example's cross-entropy alone, without dropout (online EWC: Schwarz et al., "Progress & compress", 2018, with the
     * empirical Fisher information). Costs a backward pass an example. Guides do not matter; examples
     * whose gradient is not finite are left out, and where none is left nothing changes.
     *
     * @param sample examples of weights that are not all 0
     * @param keep gamma of the paper, in [0, 1]; what was not held before has importance 0
     */
    void consolidate(List<TrainingExample> sample, double keep);

    /**
     * Tells what a step on fresh examples would do to kept ones (maximally interfered retrieval: Aljundi et al., "Online
     * continual learning with maximally interfered retrieval", 2019): the step is one of plain gradient
     * descent at the settings' two rates, without dropout, clipping, decay and pull, on the loss with its guides; what the
     * settings freeze stays. Nothing changes.
     *
     * @param kept examples whose labels are known; their weights and guides do not matter
     * @return the cross-entropy of each kept example after the step, minus that before it; 0 where the gradient is not
     *     finite, as such a step changes nothing
     */
    List<Double> interference(List<TrainingExample> fresh, StepSettings settings, List<TrainingExample> kept);

    /**
     * Returns a view that answers with the averaged weights, see {@link StepSettings#averageDecay}, or with the weights
     * themselves where there is no average. It has the labels that are known now. Closing it does nothing; it must not be
     * used after the model.
     */
    Classifier averaged();
}
