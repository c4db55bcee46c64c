package io.freshet.cli.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line that a worker says: how far it is, or what came out.
 *
 * @param done examples learned from
 * @param total examples in all
 * @param accuracy share predicted rightly before they were learned from
 * @param result null until the end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Message(
        long done, long total, double accuracy, @Nullable Result result) {

    private static final JsonMapper JSON = new JsonMapper();

    String line() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message of numbers and names is not JSON", e);
        }
    }

    /** Returns what a line says; nothing where it is something else, such as a warning of a library. */
    static Optional<Message> of(String line) {
        try {
            return line.startsWith("{") ? Optional.of(JSON.readValue(line, Message.class)) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
