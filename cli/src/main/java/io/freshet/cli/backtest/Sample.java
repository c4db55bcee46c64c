package io.freshet.cli.backtest;

import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import io.freshet.trainer.OfflinePass.Labelled;
import org.jspecify.annotations.Nullable;

/**
 * A labelled text of a stream.
 *
 * @param text the text, its label and its id
 * @param task which task it belongs to; empty where nobody said
 * @param time when it happened, milliseconds since 1970; of use for an order only
 */
public record Sample(Labelled text, String task, long time) {
    /** Returns an example that a classifier can learn from; null for any other. */
    public static @Nullable Sample of(LabeledExample example) {
        if (!(example.getInput() instanceof TextInput text) || example.getLabel() == null) {
            return null;
        }
        return new Sample(
                new Labelled(example.getId(), text.getText(), text.getTextPair(), example.getLabel()),
                example.getTask() == null ? "" : example.getTask(),
                example.getEventTime().toEpochMilli());
    }

    Sample withTask(String other) {
        return new Sample(text, other, time);
    }
}
