package io.freshet.evaluator.scorer;

import io.freshet.model.TextInput;
import io.freshet.schemas.LabeledExample;

/**
 * A held-out example and where it stands.
 *
 * @param partition partition of the held-out topic
 * @param offset offset in it
 * @param example the example; it has a text and a label
 */
record HeldOut(int partition, long offset, LabeledExample example) {

    TextInput input() {
        if (example.getInput() instanceof io.freshet.schemas.TextInput text) {
            return new TextInput(text.getText(), text.getTextPair());
        }
        throw new IllegalStateException("held-out example '%s' at %d-%d has no text; ingest admits texts only"
                .formatted(example.getId(), partition, offset));
    }

    String label() {
        String label = example.getLabel();
        if (label == null) {
            throw new IllegalStateException(
                    "held-out example '%s' at %d-%d has no label; ingest admits labelled ones only"
                            .formatted(example.getId(), partition, offset));
        }
        return label;
    }
}
