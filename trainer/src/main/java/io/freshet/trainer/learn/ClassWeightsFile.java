package io.freshet.trainer.learn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Weights of labels as a JSON object {@code {"label": weight}}. */
public final class ClassWeightsFile {

    private static final TypeReference<Map<String, @Nullable Double>> BY_LABEL = new TypeReference<>() {};

    private ClassWeightsFile() {}

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read or is no such object, naming it and the rule
     */
    public static ClassWeights.Given read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("%s is not a file".formatted(file.toAbsolutePath()));
        }
        Map<String, @Nullable Double> found;
        try {
            found = Json.MAPPER.readValue(Files.readAllBytes(file), BY_LABEL);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "%s is not a JSON object of labels and numbers: %s".formatted(file, e.getOriginalMessage()), e);
        }
        Map<String, Double> weights = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Double> entry : found.entrySet()) {
            Double weight = entry.getValue();
            if (weight == null) {
                throw new IOException("%s gives label '%s' no weight".formatted(file, entry.getKey()));
            }
            weights.put(entry.getKey(), weight);
        }
        try {
            return new ClassWeights.Given(weights);
        } catch (IllegalArgumentException e) {
            throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
