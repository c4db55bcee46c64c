package io.freshet.cli.input;

import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes examples of the fields that files of texts and labels have.
 *
 * @param source what examples name as their producer if they name none
 * @param clock gives the event time
 */
record ExampleFields(String source, InstantSource clock) {

    InputRecord example(String id, String text, @Nullable String label, @Nullable String task) {
        return new InputRecord.Example(start(id, text, label).setTask(task).build());
    }

    /** Begins an example with what every one has. */
    LabeledExample.Builder start(String id, String text, @Nullable String label) {
        return LabeledExample.newBuilder()
                .setId(id)
                .setInput(new TextInput(text, null))
                .setLabel(label)
                .setSource(source)
                .setEventTime(clock.instant());
    }
}
