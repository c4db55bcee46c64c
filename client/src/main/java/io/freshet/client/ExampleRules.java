package io.freshet.client;

import io.freshet.schemas.BinaryInput;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The mistakes that ingest would reject in any configuration, found at the caller instead. */
final class ExampleRules {

    /** As in ingest: clocks differ, but not by more. */
    private static final Duration AHEAD = Duration.ofHours(1);

    private ExampleRules() {}

    /**
     * @param now the caller's time
     * @throws IllegalArgumentException naming every mistake at once
     */
    static void check(LabeledExample example, Instant now) {
        List<String> problems = new ArrayList<>();
        if (example.getId().isBlank()) {
            problems.add("id is blank; give each example a name of its own, the same one when it is sent again");
        }
        checkInput(example.getInput(), problems);
        if (example.getLabel() != null && example.getLabel().isBlank()) {
            problems.add("label is blank; leave it out where it is not known");
        }
        if (!(example.getWeight() >= 0 && example.getWeight() < Double.POSITIVE_INFINITY)) {
            problems.add("weight %s is not a finite number of at least 0".formatted(example.getWeight()));
        }
        if (example.getEventTime().isAfter(now.plus(AHEAD))) {
            problems.add("eventTime %s is more than an hour ahead of %s; are its units milliseconds?"
                    .formatted(example.getEventTime(), now));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "example '%s' cannot be sent: %s".formatted(example.getId(), String.join("; ", problems)));
        }
    }

    private static void checkInput(Object input, List<String> problems) {
        if (input instanceof TextInput text) {
            if (text.getText().isBlank()) {
                problems.add("text is blank");
            }
        } else if (input instanceof BinaryInput binary) {
            if (!binary.getContent().hasRemaining()) {
                problems.add("content is empty");
            }
        } else {
            problems.add("input is a %s; it must be a TextInput or a BinaryInput"
                    .formatted(input.getClass().getName()));
        }
    }
}
