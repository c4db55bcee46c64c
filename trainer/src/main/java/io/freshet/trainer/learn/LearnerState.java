package io.freshet.trainer.learn;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where training stands, as {@code state.json}: one JSON object with these fields and {@code "format":1}. The same state
 * always gives the same bytes; doubles are written so that they read back exactly.
 *
 * @param step optimizer steps taken
 * @param batches micro-batches cut, those without a step included
 * @param trained examples learned from, each counted once
 * @param rejected records of the train topic that were not learned from
 * @param prequential sums and window of the predictions before learning
 * @param labels the labels in order of appearance, which is the order of the head
 */
record LearnerState(
        @JsonProperty("format") int format,
        @JsonProperty("step") long step,
        @JsonProperty("batches") long batches,
        @JsonProperty("trained") long trained,
        @JsonProperty("rejected") long rejected,
        @JsonProperty("prequential") Prequential.State prequential,
        @JsonProperty("labels") List<String> labels) {

    static final String NAME = "state.json";
    private static final int FORMAT = 1;
    private static final JsonMapper JSON = Json.MAPPER;

    LearnerState {
        labels = List.copyOf(labels);
        if (format != FORMAT) {
            throw new IllegalArgumentException("format %d; this version reads %d: resume with the version that wrote it"
                    .formatted(format, FORMAT));
        }
        if (step < 0 || batches < 0 || trained < 0 || rejected < 0) {
            throw new IllegalArgumentException("a negative count in step %d, batches %d, trained %d, rejected %d"
                    .formatted(step, batches, trained, rejected));
        }
    }

    LearnerState(
            long step, long batches, long trained, long rejected, Prequential.State prequential, List<String> labels) {
        this(FORMAT, step, batches, trained, rejected, prequential, labels);
    }

    static LearnerState initial(List<String> labels) {
        return new LearnerState(0, 0, 0, 0, Prequential.State.EMPTY, labels);
    }

    void write(Path directory) throws IOException {
        String json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
        Files.write(directory.resolve(NAME), json.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IOException if the file cannot be read or is not such a state, naming it */
    static LearnerState read(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        try {
            return JSON.readValue(Files.readAllBytes(file), LearnerState.class);
        } catch (JsonProcessingException e) {
            throw new IOException("%s is not the state of a trainer: %s".formatted(file, e.getOriginalMessage()), e);
        }
    }
}
