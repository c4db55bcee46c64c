package io.freshet.schemas.split;

import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import java.time.Instant;

/** Examples for tests. */
final class Examples {

    private Examples() {}

    /** A sound example; change what the test is about. */
    static LabeledExample.Builder builder(String id, String text, String label) {
        return LabeledExample.newBuilder()
                .setId(id)
                .setInput(TextInput.newBuilder().setText(text).build())
                .setLabel(label)
                .setEventTime(Instant.parse("2026-03-01T12:00:00Z"));
    }

    static LabeledExample of(String id, String text, String label) {
        return builder(id, text, label).build();
    }
}
