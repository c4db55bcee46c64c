package io.freshet.model;

import java.io.IOException;
import java.nio.file.Path;

/** Weights and optimizer state at one moment; may be written and closed on a thread other than the trainer's. */
public interface ModelSnapshot extends AutoCloseable {

    /** Writes a Hugging Face directory: {@code config.json}, {@code model.safetensors}, {@code tokenizer.json} and its companions. */
    void writeModel(Path directory) throws IOException;

    /** Writes the optimizer's moments and step counts as {@code optimizer.safetensors}. */
    void writeOptimizer(Path directory) throws IOException;

    @Override
    void close();
}
