package io.freshet.model.torch;

import ai.djl.pytorch.jni.IValue;
import java.util.List;

/**
 * The weights that one step learns and AdamW's state of each, as arguments of a program: all that are trained, or the head's
 * alone. Closing frees the arguments that were made for it, and never a weight.
 */
final class StepWeights implements AutoCloseable {

    private final List<Integer> places;
    private final List<IValue> lists;
    private final boolean owned;

    private StepWeights(List<Integer> places, List<IValue> lists, boolean owned) {
        this.places = places;
        this.lists = lists;
        this.owned = owned;
    }

    /** All trained weights. */
    static StepWeights all(TensorList weights, AdamState adam) {
        return new StepWeights(
                adam.places(), List.of(weights.trainedHandle(), adam.first(), adam.second(), adam.steps()), false);
    }

    /**
     * Some of the trained weights.
     *
     * @param trained places of the trained weights among all
     * @param places places of the chosen ones among the trained
     */
    static StepWeights some(TensorList weights, AdamState adam, List<Integer> trained, List<Integer> places) {
        IValue chosen = weights.handle(places.stream().map(trained::get).toList());
        return new StepWeights(
                places, List.of(chosen, adam.first(places), adam.second(places), adam.steps(places)), true);
    }

    /** Returns the places of the weights among the trained. */
    List<Integer> places() {
        return places;
    }

    IValue weights() {
        return lists.get(0);
    }

    IValue first() {
        return lists.get(1);
    }

    IValue second() {
        return lists.get(2);
    }

    IValue steps() {
        return lists.get(3);
    }

    @Override
    public void close() {
        if (owned) {
            lists.forEach(IValue::close);
        }
    }
}
