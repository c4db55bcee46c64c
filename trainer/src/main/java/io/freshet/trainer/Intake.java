package io.freshet.trainer;

import io.freshet.model.EncodedText;
import io.freshet.model.ModelException;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.RejectionReason;
import io.freshet.schemas.TextInput;
import io.freshet.schemas.UndecodableRecordException;
import io.freshet.trainer.learn.Learnable;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records of the train topic into examples, or into rejections with the same reasons as ingest's: what ingest forwards is
 * sound, but nothing else that may be written there stops the trainer.
 */
final class Intake {

    private final RecordDecoder<LabeledExample> decoder;
    private final Function<io.freshet.model.TextInput, EncodedText> tokenizer;
    private final boolean labelled;

    /** @param labelled whether labels are learned; otherwise examples need none, and one that is there is left out */
    Intake(
            RecordDecoder<LabeledExample> decoder,
            Function<io.freshet.model.TextInput, EncodedText> tokenizer,
            boolean labelled) {
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.labelled = labelled;
    }

    Arrival take(ConsumerRecord<byte[], byte[]> record) {
        LabeledExample example;
        try {
            example = decoder.decode(record.value());
        } catch (UndecodableRecordException e) {
            return new Arrival.Refused(Rejections.of(record, e.reason(), String.valueOf(e.getMessage()), null));
        }
        if (example.getId().isBlank()) {
            return refuse(record, example, RejectionReason.ID_BLANK, "the id is blank");
        }
        String label = labelled ? example.getLabel() : null;
        if (labelled && (label == null || label.isBlank())) {
            return refuse(record, example, RejectionReason.LABEL_MISSING, "there is no label to learn");
        }
        double weight = example.getWeight();
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            return refuse(
                    record,
                    example,
                    RejectionReason.WEIGHT_INVALID,
                    "weight %s is not a finite number of at least 0".formatted(weight));
        }
        return example.getInput() instanceof TextInput text
                ? text(record, example, text, label)
                : refuse(record, example, RejectionReason.INPUT_UNSUPPORTED, "only texts can be learned from");
    }

    private Arrival text(
            ConsumerRecord<byte[], byte[]> record, LabeledExample example, TextInput text, @Nullable String label) {
        if (text.getText().isBlank()) {
            return refuse(record, example, RejectionReason.TEXT_BLANK, "the text is blank");
        }
        io.freshet.model.TextInput input = new io.freshet.model.TextInput(text.getText(), text.getTextPair());
        try {
            EncodedText encoded = tokenizer.apply(input);
            return new Arrival.Fresh(
                    new Learnable(example.getId(), input, label, example.getWeight(), encoded), record);
        } catch (ModelException e) {
            return refuse(
                    record, example, RejectionReason.INPUT_UNREADABLE, "the tokenizer refuses it: " + e.getMessage());
        }
    }

    private static Arrival refuse(
            ConsumerRecord<byte[], byte[]> record, LabeledExample example, RejectionReason reason, String detail) {
        return new Arrival.Refused(Rejections.of(record, reason, detail, example.getId()));
    }
}
