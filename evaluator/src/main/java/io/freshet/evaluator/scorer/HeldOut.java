package io.freshet.evaluator.scorer;

import io.freshet.model.TextInput;
import io.freshet.schemas.LabeledExample;
import java.util.Objects;

/**
 * A held-out example and where it stands.
 *
 * @param partition partition of the held-out topic
 * @param offset offset in it
 * @param example the example; it has a text
 */
record HeldOut(int partition, long offset, LabeledExample example) {

    TextInput input() {
        if (example.getInput() instanceof io.freshet.schemas.TextInput text) {
            return new TextInput(text.getText(), text.getTextPair());
        }
        throw new IllegalStateException("held-out example '%s' at %d-%d has no text; ingest admits texts only"
                .formatted(example.getId(), partition, offset));
    }

    /** Returns the true label; empty where the example has none, which a language model does not need. */
    String label() {
        return Objects.requireNonNullElse(example.getLabel(), "");
    }
}
