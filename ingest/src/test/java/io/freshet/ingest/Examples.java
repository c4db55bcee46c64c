package io.freshet.ingest;

import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import java.time.Instant;

/** Examples for tests. */
public final class Examples {

    /** When they arose, and when the tests' records are appended unless they say otherwise. */
    public static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

    private Examples() {}

    /** A sound example; change what the test is about. */
    public static LabeledExample.Builder builder(String id, String text, String label) {
        return LabeledExample.newBuilder()
                .setId(id)
                .setInput(TextInput.newBuilder().setText(text).build())
                .setLabel(label)
                .setEventTime(TIME);
    }

    public static LabeledExample of(String id, String text, String label) {
        return builder(id, text, label).build();
    }
}
