package io.freshet.client;

import io.freshet.schemas.Label;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The mistakes in labels that ingest would reject in any configuration, found at the caller instead. */
final class LabelRules {

    /** As in ingest: clocks differ, but not by more. */
    private static final Duration AHEAD = Duration.ofHours(1);

    private LabelRules() {}

    /**
     * @param now the caller's time
     * @throws IllegalArgumentException naming every mistake at once
     */
    static void check(Label label, Instant now) {
        List<String> problems = new ArrayList<>();
        if (label.getId().isBlank()) {
            problems.add("id is blank; give the id of the example that the label is for");
        }
        if (label.getLabel().isBlank()) {
            problems.add("label is blank; send one only where it is known");
        }
        if (label.getTime().isAfter(now.plus(AHEAD))) {
            problems.add("time %s is more than an hour ahead of %s; are its units milliseconds?"
                    .formatted(label.getTime(), now));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "the label of '%s' cannot be sent: %s".formatted(label.getId(), String.join("; ", problems)));
        }
    }
}
