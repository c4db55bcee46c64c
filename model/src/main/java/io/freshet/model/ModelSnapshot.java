package io.freshet.model;

import io.freshet.model.tensor.StoredType;
import java.io.IOException;
import java.nio.file.Path;

/** Weights and optimizer state at one moment; may be written and closed on a thread other than the trainer's. */
public interface ModelSnapshot extends AutoCloseable {

    /** Writes the model with float32 weights, which a later run learns on from. */
    default void writeModel(Path directory) throws IOException {
        writeModel(directory, StoredType.FLOAT32);
    }

    /**
     * Writes a Hugging Face directory: {@code config.json}, {@code model.safetensors}, {@code tokenizer.json} and its
     * companions. The configuration says how the weights are stored.
     *
     * @throws ModelException if a finite weight would be infinite in {@code type}
     */
    void writeModel(Path directory, StoredType type) throws IOException;

    /**
     * Writes the optimizer's moments and step counts, and the held weights and their importances if there are any, as
     * {@code optimizer.safetensors}.
     */
    void writeOptimizer(Path directory) throws IOException;

    @Override
    void close();
}
