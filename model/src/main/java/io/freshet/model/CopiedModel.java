package io.freshet.model;

import io.freshet.model.tensor.SafeTensorsWriter;
import io.freshet.model.tensor.StoredType;
import io.freshet.model.torch.TorchCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A copy of a learner, ready to be written. */
final class CopiedModel implements ModelSnapshot {

    static final String OPTIMIZER = "optimizer.safetensors";

    private final TorchCopy copy;
    private final List<String> labels;
    private final ModelWriter writer;

    CopiedModel(TorchCopy copy, List<String> labels, ModelWriter writer) {
        this.copy = copy;
        this.labels = List.copyOf(labels);
        this.writer = writer;
    }

    @Override
    public void writeModel(Path directory, StoredType type) throws IOException {
        writer.write(directory, copy.weights(), labels, type);
    }

    @Override
    public void writeOptimizer(Path directory) throws IOException {
        Files.createDirectories(directory);
        SafeTensorsWriter.write(directory.resolve(OPTIMIZER), copy.optimizer(), Map.of());
    }

    @Override
    public void close() {
        copy.close();
    }
}
