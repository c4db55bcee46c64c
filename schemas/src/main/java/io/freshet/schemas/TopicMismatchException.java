package io.freshet.schemas;

import java.util.List;

/** Topics exist, but not as the catalogue wants them; the message lists every difference and its remedy. */
public final class TopicMismatchException extends RuntimeException {

    private final transient List<String> differences;

    TopicMismatchException(List<String> differences) {
        super(differences.size() + " topic setting(s) differ from the catalogue:\n  - "
                + String.join("\n  - ", differences));
        this.differences = List.copyOf(differences);
    }

    public List<String> differences() {
        return differences;
    }
}
