package io.freshet.model;

import io.freshet.model.lora.AdapterConfig;
import io.freshet.model.lora.AdapterFile;
import io.freshet.model.tensor.DurableFile;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.KeptFiles;
import io.freshet.model.tensor.StoredType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Writes an adapter in PEFT's files beside its base, whose weights are written as they were found.
 *
 * @param base files of the base's weights
 * @param config what the adapter is; its task and its saved modules are those of the moment of writing
 */
record AdapterWriter(KeptFiles base, AdapterConfig config) {

    /**
     * Writes into a directory that exists.
     *
     * @param trained the trained weights under their names in the model that is written
     * @param saved the modules that the weights which are no adapter's belong to
     * @param task PEFT's name of the task
     */
    void write(Path directory, List<HostTensor> trained, List<String> saved, Optional<String> task, StoredType type)
            throws IOException {
        base.write(directory);
        AdapterFile.write(directory, trained, type);
        AdapterConfig written = new AdapterConfig(
                config.rank(),
                config.alpha(),
                config.dropout(),
                config.targets(),
                saved,
                config.transposed(),
                task,
                config.base());
        DurableFile.write(
                directory.resolve(AdapterConfig.FILE), written.toJson().getBytes(StandardCharsets.UTF_8));
    }
}
