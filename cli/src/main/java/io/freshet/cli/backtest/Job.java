package io.freshet.cli.backtest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What one worker does.
 *
 * @param label of the strategy in the table
 * @param kind what learns
 * @param seed of the order and of the learning
 * @param model Hugging Face directory to start from
 * @param plan file of the stream
 * @param settings all of them
 * @param epochs how often the stream is learned from, at least 1
 */
record Job(String label, Kind kind, long seed, String model, String plan, Map<String, String> settings, int epochs) {

    private static final JsonMapper JSON = new JsonMapper();

    Job {
        settings = Map.copyOf(settings);
    }

    void write(Path file) throws IOException {
        JSON.writeValue(file.toFile(), this);
    }

    static Job read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Job.class);
    }
}
