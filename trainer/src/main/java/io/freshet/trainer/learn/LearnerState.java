package io.freshet.trainer.learn;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.model.Objective;
import io.freshet.trainer.drift.DriftWatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where training stands, as {@code state.json}: one JSON object with these fields and {@code "format":3}. The same state
 * always gives the same bytes; doubles are written so that they read back exactly. Format 1, which knew classifiers only,
 * and format 2, which watched nothing, are read too.
 *
 * @param objective what is learned; null in format 1 for classification
 * @param step optimizer steps taken
 * @param batches cuts so far, those without a step included
 * @param trained examples learned from, each counted once
 * @param rejected records of the train topic that were not learned from
 * @param prequential sums and window of a classifier's predictions before learning
 * @param bits sums and window of a language model's; null in format 1
 * @param labels the labels in order of appearance, which is the order of the head
 * @param labelCounts examples of each label learned from, in the same order; null in format 1
 * @param drift what watches the stream; null in formats 1 and 2, and where nothing does
 */
record LearnerState(
        @JsonProperty("format") int format,
        @JsonProperty("objective") @Nullable String objective,
        @JsonProperty("step") long step,
        @JsonProperty("batches") long batches,
        @JsonProperty("trained") long trained,
        @JsonProperty("rejected") long rejected,
        @JsonProperty("prequential") Prequential.State prequential,
        @JsonProperty("bits") PrequentialBits.@Nullable State bits,
        @JsonProperty("labels") List<String> labels,
        @JsonProperty("labelCounts") @Nullable List<Long> labelCounts,
        @JsonProperty("drift") DriftWatch.@Nullable State drift) {

    static final String NAME = "state.json";
    private static final int OLDEST_FORMAT = 1;
    private static final int FORMAT = 3;
    private static final JsonMapper JSON = Json.MAPPER;

    /**
     * What is kept of the predictions and the labels.
     *
     * @param labelCounts by label in the order of the head; of the first labels only where the others have none
     */
    record Judged(Prequential.State prequential, PrequentialBits.State bits, List<Long> labelCounts) {
        static final Judged NOTHING = new Judged(Prequential.State.EMPTY, PrequentialBits.State.EMPTY, List.of());
    }

    /** Counts since the genesis. */
    record Counts(long step, long batches, long trained, long rejected) {
        static final Counts ZERO = new Counts(0, 0, 0, 0);
    }

    LearnerState {
        labels = List.copyOf(labels);
        labelCounts = labelCounts == null ? null : List.copyOf(labelCounts);
        if (format < OLDEST_FORMAT || format > FORMAT) {
            throw new IllegalArgumentException(
                    "format %d; this version reads %d to %d: resume with the version that wrote it"
                            .formatted(format, OLDEST_FORMAT, FORMAT));
        }
        if (step < 0 || batches < 0 || trained < 0 || rejected < 0) {
            throw new IllegalArgumentException("a negative count in step %d, batches %d, trained %d, rejected %d"
                    .formatted(step, batches, trained, rejected));
        }
    }

    LearnerState(
            Objective objective, Counts counts, List<String> labels, Judged judged, DriftWatch.@Nullable State drift) {
        this(
                FORMAT,
                objective.key(),
                counts.step,
                counts.batches,
                counts.trained,
                counts.rejected,
                judged.prequential,
                judged.bits,
                labels,
                judged.labelCounts,
                drift);
    }

    static LearnerState initial(Objective objective, List<String> labels) {
        return new LearnerState(objective, Counts.ZERO, labels, Judged.NOTHING, null);
    }

    /** Returns what was learned so far. */
    Objective learned() {
        return objective == null ? Objective.CLASSIFICATION : Objective.of(objective);
    }

    Counts counts() {
        return new Counts(step, batches, trained, rejected);
    }

    Judged judged() {
        return new Judged(
                prequential,
                Objects.requireNonNullElse(bits, PrequentialBits.State.EMPTY),
                Objects.requireNonNullElse(labelCounts, List.of()));
    }

    /** Returns what watching the stream goes on from. */
    DriftWatch.State watched() {
        return Objects.requireNonNullElse(drift, DriftWatch.State.EMPTY);
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
