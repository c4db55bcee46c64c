package io.freshet.cli.run;

import io.freshet.cli.input.ExampleSource;
import io.freshet.core.config.ModelSettings;
import io.freshet.model.Objective;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run.
 *
 * @param input opens the examples; opened more than once, it gives the same ones
 * @param model Hugging Face directory to start from, or null for the bundled encoder
 * @param vocabulary word pieces of a small model of random weights to start from instead, or null
 * @param data directory to keep everything in, or null for a temporary one
 * @param ahead most records published ahead of learning; 0 for no limit
 * @param modelName prefix of the topics
 * @param settings over the defaults, for all services
 */
public record RunRequest(
        Input input,
        @Nullable Path model,
        @Nullable Path vocabulary,
        @Nullable Path data,
        long ahead,
        String modelName,
        Map<String, String> settings) {

    /** Opens a sequence of examples. */
    public interface Input {
        ExampleSource open() throws IOException;
    }

    /** Enough to keep the trainer busy while ingest commits once a second. */
    public static final String DEFAULT_AHEAD = "1000";

    public RunRequest {
        settings = Map.copyOf(settings);
    }

    /** Returns what is learned, as the settings say it once they are checked. */
    Objective objective() {
        return Objective.of(settings.getOrDefault(ModelSettings.OBJECTIVE, ModelSettings.CLASSIFICATION));
    }
}
