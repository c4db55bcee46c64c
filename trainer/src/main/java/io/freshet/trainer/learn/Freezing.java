package io.freshet.trainer.learn;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.trainer.learn.StrategyPlan.Seq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * SEQ* (Zheng et al., "Learn or recall? Revisiting incremental learning with pre-trained language models", ACL 2024,
 * section 4): after a warm-up the body of the model is frozen, and so are the head's rows of old labels. The paper knows
 * where one task ends; here a label is old when none of its examples was new for so many steps, and since the head's rows
 * are in the order in which labels came, the rows frozen are those before the first label that is not old.
 */
final class Freezing extends Restrained {

    static final String NAME = "seq.json";

    private static final int FORMAT = 1;

    private final Seq settings;

    /** The last step that had a new example of a label. */
    private final Map<String, Long> last;

    private Freezing(LearningStrategy inner, Seq settings, Map<String, Long> last) {
        super(inner);
        this.settings = settings;
        this.last = last;
    }

    private record State(
            @JsonProperty("format") int format,
            @JsonProperty("lastStep") Map<String, Long> lastStep) {}

    static Freezing of(LearningStrategy inner, Seq settings, Optional<SavedFiles> saved) throws IOException {
        Map<String, Long> last = new LinkedHashMap<>();
        if (saved.isPresent() && Files.exists(saved.get().trainer().resolve(NAME))) {
            Path file = saved.get().trainer().resolve(NAME);
            State state = Json.MAPPER.readValue(Files.readAllBytes(file), State.class);
            if (state.format != FORMAT) {
                throw new IOException("%s has format %d; this version reads %d".formatted(file, state.format, FORMAT));
            }
            last.putAll(state.lastStep);
        }
        return new Freezing(inner, settings, last);
    }

    @Override
    Step restrain(List<Learnable> fresh, Step step) {
        fresh.forEach(example -> last.put(Objects.requireNonNull(example.label()), step.number()));
        boolean body = step.number() > settings.warmup();
        int rows = body ? oldRows(step.labels(), step.number()) : 0;
        return ChangedStep.withSettings(
                step, plain -> plain.withFrozenBody(body).withFrozenRows(rows));
    }

    private int oldRows(List<String> labels, long step) {
        int rows = 0;
        while (rows < labels.size() && step - last.getOrDefault(labels.get(rows), 0L) >= settings.recent()) {
            rows++;
        }
        return rows;
    }

    @Override
    Saved ownState() {
        State state = new State(FORMAT, new LinkedHashMap<>(last));
        return directory -> Files.write(directory.resolve(NAME), Json.MAPPER.writeValueAsBytes(state));
    }
}
