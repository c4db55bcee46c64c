package io.freshet.model.torch;

import ai.djl.pytorch.jni.IValue;
import io.freshet.model.tensor.HostTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Loss of a batch and its gradients in native memory. Closing frees them. */
final class Gradients implements AutoCloseable {

    private final IValue[] parts;
    private final double loss;
    private final double norm;

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

    /** Copies the gradients out. */
    List<HostTensor> toHost(NativeInputs inputs, List<String> names) {
        var arrays = parts[2].toTensorArray(inputs.manager());
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
