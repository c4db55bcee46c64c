package io.freshet.model.torch;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.freshet.model.StepSettings;
import io.freshet.model.tensor.TensorShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The trained weights as they once were, and how important each was, in native memory; nothing before it is asked for. */
final class Held implements AutoCloseable {

    /** Of gradients that are those of the cross-entropy alone. */
    private static final StepSettings PLAIN = new StepSettings(1, 0, 0, 0, 0, false, Double.POSITIVE_INFINITY);

    private final TorchModel model;
    private final List<Integer> trained;
    private @Nullable TensorList weights;
    private @Nullable TensorList importances;

    /** @param trained places of the trained ones among the model's weights */
    Held(TorchModel model, List<Integer> trained) {
        this.model = model;
        this.trained = trained;
    }

    /** Takes over what was saved. */
    void restore(OptimizerState state, List<String> names) {
        TensorList then = new TensorList(model.manager());
        TensorList of = new TensorList(model.manager());
        weights = then;
        importances = of;
        for (int i = 0; i < names.size(); i++) {
            TensorShape shape = model.weights().shape(trained.get(i));
            then.add(state.tensor(OptimizerState.HELD + names.get(i), shape));
            of.add(state.tensor(OptimizerState.IMPORTANCE + names.get(i), shape));
        }
    }

    /** Holds the weights as they are, each as important. */
    void hold() {
        close();
        weights = model.weights().duplicate(model.manager(), trained);
        importances = model.weights().filled(model.manager(), trained, 1);
    }

    /**
     * Holds the weights as they are and adds the mean squared gradient of single examples to what is left of their
     * importances.
     *
     * @param singles batches of one example
     * @param keep what is left, in [0, 1]
     */
    void consolidate(List<LabelledBatch> singles, double keep, BackwardPass backward) {
        try (TensorList sums = model.weights().filled(model.manager(), trained, 0)) {
            double total = 0;
            for (LabelledBatch single : singles) {
                total += square(single, sums, backward);
            }
            if (total > 0) {
                TensorList before =
                        importances == null ? model.weights().filled(model.manager(), trained, 0) : importances;
                importances = before;
                take(before, sums, keep, 1 / total);
                replaceWeights();
            }
        }
    }

    /** Adds the squared gradient of an example to sums; returns the weight with which it did, 0 if it is not finite. */
    private double square(LabelledBatch single, TensorList sums, BackwardPass backward) {
        try (Gradients gradients = backward.gradients(
                        List.of(single), PLAIN, model.weights().trainedHandle(), false);
                IValue weight = IValue.from(single.total())) {
            if (!Double.isFinite(gradients.norm()) || single.total() == 0) {
                return 0;
            }
            model.program()
                    .run("square", false, sums.handle(), gradients.list(), weight)
                    .close();
            return single.total();
        }
    }

    private void take(TensorList importances, TensorList sums, double keep, double share) {
        try (IValue kept = IValue.from(keep);
                IValue shared = IValue.from(share)) {
            model.program()
                    .run("consolidate", false, importances.handle(), sums.handle(), kept, shared)
                    .close();
        }
    }

    private void replaceWeights() {
        if (weights != null) {
            weights.close();
        }
        weights = model.weights().duplicate(model.manager(), trained);
    }

    /** Adds the pull towards the held weights to gradients; returns whether it did. */
    boolean pull(Gradients gradients, StepWeights chosen, double strength) {
        if (strength == 0 || weights == null || importances == null) {
            return false;
        }
        try (IValue held = weights.handle(chosen.places());
                IValue important = importances.handle(chosen.places());
                IValue factor = IValue.from(strength)) {
            model.program()
                    .run("pull", false, gradients.list(), chosen.weights(), held, important, factor)
                    .close();
        }
        return true;
    }

    /** Appends a row to the weight at a place among the trained ones; it is held as it is, and not important. */
    void append(int at, String name, float[] row) {
        if (weights != null && importances != null) {
            weights.replace(at, Rows.append(weights.toHost(at, name), row));
            importances.replace(at, Rows.append(importances.toHost(at, name), new float[row.length]));
        }
    }

    /** Copies what is held, by the prefixes of its names; nothing while there is nothing. */
    Map<String, TensorList> duplicate(PtNDManager parent) {
        Map<String, TensorList> copies = new LinkedHashMap<>();
        if (weights != null && importances != null) {
            copies.put(OptimizerState.HELD, weights.duplicate(parent));
            copies.put(OptimizerState.IMPORTANCE, importances.duplicate(parent));
        }
        return copies;
    }

    @Override
    public void close() {
        if (weights != null) {
            weights.close();
            weights = null;
        }
        if (importances != null) {
            importances.close();
            importances = null;
        }
    }
}
