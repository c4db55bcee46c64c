package io.freshet.model;

import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.SafeTensorsFile;
import io.freshet.model.tensor.TensorShape;
import io.freshet.model.torch.OptimizerState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The optimizer's state in a file that {@link ModelSnapshot#writeOptimizer} wrote. */
final class SavedOptimizer implements OptimizerState, AutoCloseable {

    private final Path file;
    private final SafeTensorsFile tensors;

    private SavedOptimizer(Path file, SafeTensorsFile tensors) {
        this.file = file;
        this.tensors = tensors;
    }

    static SavedOptimizer open(Path directory) throws IOException {
        Path file = directory.resolve(CopiedModel.OPTIMIZER);
        return new SavedOptimizer(file, SafeTensorsFile.open(file));
    }

    @Override
    public HostTensor tensor(String name, TensorShape shape) {
        if (shape.size() == 0) { // the head before the first label
            return HostTensor.zeros(name, shape);
        }
        if (!tensors.names().contains(name)) {
            throw new ModelException(
                    "%s: tensor '%s' is missing: other weights were trained there; set the tuning of the run that is resumed"
                            .formatted(file, name));
        }
        if (!tensors.shape(name).equals(shape)) {
            throw new ModelException("%s: tensor '%s' has shape %s but the model needs %s; it belongs to another model"
                    .formatted(file, name, tensors.shape(name), shape));
        }
        try {
            return tensors.read(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean averaged() {
        return has(PLAIN);
    }

    @Override
    public boolean holds() {
        return has(HELD);
    }

    private boolean has(String prefix) {
        return tensors.names().stream().anyMatch(name -> name.startsWith(prefix));
    }

    @Override
    public void close() throws IOException {
        tensors.close();
    }
}
