package io.freshet.model.pretrain;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.model.ModelException;
import io.freshet.model.tensor.DurableFile;
import io.freshet.model.tensor.SafeTensorsWriter;
import io.freshet.model.tensor.StoredType;
import io.freshet.model.torch.TorchCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Where an unfinished run stands, in a directory of its own: weights and optimizer state in files named after the step, and
 * {@code state.json}, which names the step. That file is replaced last and as a whole, so that what it names is always
 * complete.
 *
 * @param step steps taken
 * @param nanos time they took
 * @param settings what the run was started with
 */
record Checkpoint(long step, long nanos, Map<String, String> settings) {

    static final String STATE = "state.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    Checkpoint {
        settings = new LinkedHashMap<>(settings);
    }

    static boolean exists(Path directory) {
        return Files.isRegularFile(directory.resolve(STATE));
    }

    /**
     * Reads the newest checkpoint's state.
     *
     * @throws ModelException if there is none
     */
    static Checkpoint read(Path directory) throws IOException {
        Path file = directory.resolve(STATE);
        if (!Files.isRegularFile(file)) {
            throw new ModelException("%s is missing: there is no run to go on with".formatted(file));
        }
        return JSON.readValue(file.toFile(), new TypeReference<>() {});
    }

    Path weights(Path directory) {
        return directory.resolve("weights-%d.safetensors".formatted(step));
    }

    Path optimizer(Path directory) {
        return directory.resolve("optimizer-%d.safetensors".formatted(step));
    }

    /** Writes this checkpoint, then removes the files of older ones. */
    void write(Path directory, TorchCopy copy) throws IOException {
        Files.createDirectories(directory);
        SafeTensorsWriter.write(weights(directory), copy.weights(), Map.of(), StoredType.FLOAT32);
        SafeTensorsWriter.write(optimizer(directory), copy.optimizer(), Map.of(), StoredType.FLOAT32);
        DurableFile.write(directory.resolve(STATE), JSON.writeValueAsBytes(this));
        try (var files = Files.newDirectoryStream(directory, "*.safetensors")) {
            for (Path file : files) {
                if (!file.equals(weights(directory)) && !file.equals(optimizer(directory))) {
                    Files.delete(file);
                }
            }
        }
    }

    /**
     * Checks that a run goes on as it began.
     *
     * @throws ModelException naming every setting that differs
     */
    void requireSame(Map<String, String> now) {
        Map<String, String> different = new TreeMap<>();
        now.forEach((key, value) -> {
            if (!value.equals(settings.get(key))) {
                different.put(
                        key,
                        "%s = %s, but the run was started with %s"
                                .formatted(key, value, Objects.requireNonNullElse(settings.get(key), "nothing")));
            }
        });
        if (!different.isEmpty()) {
            throw new ModelException(
                    "the run cannot go on with other settings: %s".formatted(String.join("; ", different.values())));
        }
    }
}
