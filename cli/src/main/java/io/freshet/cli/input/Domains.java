package io.freshet.cli.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which task each label belongs to, as a file {@code domains.json} says: {@code {"task": ["label", …], …}}. */
record Domains(Map<String, String> taskByLabel) {

    Domains {
        taskByLabel = Map.copyOf(taskByLabel);
    }

    /** Reads the file beside {@code input}; where there is none, no label has a task. */
    static Domains beside(Path input) throws IOException {
        Path file = input.resolveSibling("domains.json");
        Map<String, String> tasks = new HashMap<>();
        if (Files.isRegularFile(file)) {
            try {
                for (Map.Entry<String, JsonNode> domain :
                        new ObjectMapper().readTree(file.toFile()).properties()) {
                    domain.getValue().forEach(label -> tasks.put(label.asText(), domain.getKey()));
                }
            } catch (JsonProcessingException e) {
                throw new InputException("%s is not JSON: %s; mend or move it".formatted(file, e.getOriginalMessage()));
            }
        }
        return new Domains(tasks);
    }

    @Nullable
    String task(String label) {
        return taskByLabel.get(label);
    }
}
