package io.freshet.model.torch;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.freshet.model.tensor.HostTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Loss of a batch and its gradients in native memory. Closing frees them. */
final class Gradients implements AutoCloseable {

    private final IValue[] parts;
    private double loss;
    private double norm;

    /** @param result tuple of loss, global norm and list of gradients; taken over and closed */
    Gradients(IValue result) {
        try (result) {
            parts = result.toIValueTuple();
        }
        loss = parts[0].toDouble();
        norm = parts[1].toDouble();
    }

    double loss() {
        return loss;
    }

    double norm() {
        return norm;
    }

    IValue list() {
        return parts[2];
    }

    /** Takes the norm again, without the rows of the head that are frozen. */
    void measure(Program program, int frozenRows) {
        try (IValue rows = IValue.from((long) frozenRows);
                IValue found = program.run("norm", false, list(), rows)) {
            norm = found.toDouble();
        }
    }

    /** Adds the loss and the gradients of another batch of the same step. */
    void add(Gradients other, Program program) {
        loss += other.loss;
        try (IValue sum = program.run("accumulate", false, list(), other.list())) {
            norm = sum.toDouble();
        }
    }

    /** Copies the gradients out, by way of a manager. */
    List<HostTensor> toHost(PtNDManager manager, List<String> names) {
        var arrays = parts[2].toTensorArray(manager);
        List<HostTensor> tensors = new ArrayList<>();
        for (int i = 0; i < arrays.length; i++) {
            tensors.add(HostTensor.of(
                    names.get(i),
                    io.freshet.model.tensor.TensorShape.of(arrays[i].getShape().getShape()),
                    arrays[i].toFloatArray()));
        }
        return tensors;
    }

    @Override
    public void close() {
        Arrays.asList(parts).forEach(IValue::close);
    }
}
