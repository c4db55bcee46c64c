package io.freshet.model.pretrain;

import io.freshet.model.arch.WeightSpec;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.SafeTensorsFile;
import io.freshet.model.tensor.TensorShape;
import io.freshet.model.torch.OptimizerState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** The tensors of a checkpoint, open for reading. */
final class CheckpointTensors implements OptimizerState, AutoCloseable {

    private final SafeTensorsFile weights;
    private final SafeTensorsFile optimizer;

    private CheckpointTensors(SafeTensorsFile weights, SafeTensorsFile optimizer) {
        this.weights = weights;
        this.optimizer = optimizer;
    }

    static CheckpointTensors open(Checkpoint checkpoint, Path directory) throws IOException {
        SafeTensorsFile weights = SafeTensorsFile.open(checkpoint.weights(directory));
        try {
            return new CheckpointTensors(weights, SafeTensorsFile.open(checkpoint.optimizer(directory)));
        } catch (IOException | RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    /** Returns the weights in a program's order, each read when it is asked for. */
    Iterable<HostTensor> weights(List<WeightSpec> specs) {
        return () -> {
            Iterator<WeightSpec> remaining = specs.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return remaining.hasNext();
                }

                @Override
                public HostTensor next() {
                    return read(weights, remaining.next().name());
                }
            };
        };
    }

    @Override
    public HostTensor tensor(String name, TensorShape shape) {
        return read(optimizer, name);
    }

    private static HostTensor read(SafeTensorsFile file, String name) {
        try {
            return file.read(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try (weights) {
            optimizer.close();
        }
    }
}
