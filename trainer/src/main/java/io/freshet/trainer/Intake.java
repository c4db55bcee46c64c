package io.freshet.trainer;

import io.freshet.model.EncodedText;
import io.freshet.model.ModelException;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.RejectionReason;
import io.freshet.schemas.TextInput;
import io.freshet.schemas.UndecodableRecordException;
import io.freshet.schemas.split.HeldOutSplit;
import io.freshet.schemas.split.Side;
import io.freshet.trainer.learn.Learnable;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
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
    private final Supplier<Optional<HeldOutSplit>> split;

    /**
     * Makes an intake.
     *
     * @param labelled whether labels are learned; otherwise examples need none, and one that is there is left out
     * @param split the recorded split, whose held-out side must never be learned from; nothing where none is recorded
     */
    Intake(
            RecordDecoder<LabeledExample> decoder,
            Function<io.freshet.model.TextInput, EncodedText> tokenizer,
            boolean labelled,
            Supplier<Optional<HeldOutSplit>> split) {
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.labelled = labelled;
        this.split = split;
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
        if (isHeldOut(example)) {
            return refuse(
                    record,
                    example,
                    RejectionReason.SPLIT_HELD_OUT,
                    "the recorded split holds it out; scores on it would be worthless if it were learned from, so send examples through ingest");
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

    private boolean isHeldOut(LabeledExample example) {
        return split.get()
                .map(recorded -> recorded.sideOf(example) == Side.HELD_OUT)
                .orElse(false);
    }

    private static Arrival refuse(
            ConsumerRecord<byte[], byte[]> record, LabeledExample example, RejectionReason reason, String detail) {
        return new Arrival.Refused(Rejections.of(record, reason, detail, example.getId()));
    }
}
