package io.freshet.model.torch;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.freshet.model.tensor.TensorShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** AdamW's two moments and step count of each weight that is trained, in native memory. */
final class AdamState implements AutoCloseable {

    private final TensorList first;
    private final TensorList second;
    private final TensorList steps;

    /**
     * @param parent manager that also ends the state's life when it closes
     * @param names the weights
     * @param shapes their shapes
     * @param start state to start from; copied
     */
    AdamState(PtNDManager parent, List<String> names, List<TensorShape> shapes, OptimizerState start) {
        first = new TensorList(parent);
        second = new TensorList(parent);
        steps = new TensorList(parent);
        for (int i = 0; i < names.size(); i++) {
            first.add(start.tensor(OptimizerState.FIRST + names.get(i), shapes.get(i)));
            second.add(start.tensor(OptimizerState.SECOND + names.get(i), shapes.get(i)));
            steps.add(start.tensor(OptimizerState.STEPS + names.get(i), TensorShape.of()));
        }
    }

    /** Returns the running means of the gradients as an argument; owned by the state and valid until the next change. */
    IValue first() {
        return first.handle();
    }

    /** As {@link #first()}, of the weights at some places alone; the caller closes it. */
    IValue first(List<Integer> places) {
        return first.handle(places);
    }

    /** Returns the running means of the gradients' squares; owned as {@link #first}. */
    IValue second() {
        return second.handle();
    }

    /** As {@link #second()}, of the weights at some places alone; the caller closes it. */
    IValue second(List<Integer> places) {
        return second.handle(places);
    }

    /** Returns the step counts; owned as {@link #first}. */
    IValue steps() {
        return steps.handle();
    }

    /** As {@link #steps()}, of the weights at some places alone; the caller closes it. */
    IValue steps(List<Integer> places) {
        return steps.handle(places);
    }

    /** Returns the places of all weights. */
    List<Integer> places() {
        return first.places();
    }

    /** Appends a row of zeros to the moments of a weight. */
    void append(int at, String name, int width) {
        first.replace(at, Rows.append(first.toHost(at, name), new float[width]));
        second.replace(at, Rows.append(second.toHost(at, name), new float[width]));
    }

    /** Copies the state, by the prefixes of its names. */
    Map<String, TensorList> duplicate(PtNDManager parent) {
        Map<String, TensorList> copies = new LinkedHashMap<>();
        copies.put(OptimizerState.FIRST, first.duplicate(parent));
        copies.put(OptimizerState.SECOND, second.duplicate(parent));
        copies.put(OptimizerState.STEPS, steps.duplicate(parent));
        return copies;
    }

    @Override
    public void close() {
        first.close();
        second.close();
        steps.close();
    }
}
