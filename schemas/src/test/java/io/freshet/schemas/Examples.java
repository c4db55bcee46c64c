package io.freshet.schemas;

import java.time.Instant;
import java.util.Map;

/** Examples for tests. */
final class Examples {

    private Examples() {}

    static LabeledExample text(String id, String text, String label) {
        return LabeledExample.newBuilder()
                .setId(id)
                .setInput(TextInput.newBuilder().setText(text).build())
                .setLabel(label)
                .setAttributes(Map.of("channel", "chat"))
                .setEventTime(Instant.ofEpochMilli(1_700_000_000_123L))
                .build();
    }
}
