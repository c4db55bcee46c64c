package io.freshet.client;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which model answers.
 *
 * @param sequence number of the champion, from 1; 0 for a model opened from a directory
 * @param checkpoint checkpoint id; the directory's name for a model opened from a directory
 * @param labels the labels it knows, in the order of its head; empty where it has none yet
 * @param heldOutAccuracy accuracy on the held-out pairs that made it champion, in [0, 1]; empty where none did
 * @param reason what made it champion: initial, promotion (on evidence alone), approval (by a person, on evidence) or
 *     rollback; {@value #DIRECTORY} for a model opened from a directory
 * @param why what a person, or the gate of its own rollback, gave as the reason
 */
public record ServedModel(
        long sequence,
        String checkpoint,
        List<String> labels,
        OptionalDouble heldOutAccuracy,
        String reason,
        Optional<String> why) {

    static final String DIRECTORY = "directory";

    public ServedModel {
        labels = List.copyOf(labels);
    }

    /** Returns whether it reigned before and was brought back. */
    public boolean broughtBack() {
        return reason.equals(Champion.ROLLBACK);
    }
}
