package io.freshet.ingest;

import io.freshet.schemas.Label;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.Prediction;
import io.freshet.schemas.RecordDecoder;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.UndecodableRecordException;

/** Decoders of everything that comes in. */
record Decoders(
        RecordDecoder<LabeledExample> examples, RecordDecoder<Label> labels, RecordDecoder<Prediction> predictions) {

    static Decoders of(SchemaRegistry registry) {
        return new Decoders(
                RecordDecoder.of(LabeledExample.class, registry),
                RecordDecoder.of(Label.class, registry),
                RecordDecoder.of(Prediction.class, registry));
    }

    /** Returns the example whose bytes {@code placed} holds. */
    Candidate candidate(Placed placed) throws UndecodableRecordException {
        return new Candidate(
                placed.origin(), placed.value(), examples.decode(placed.value().get()));
    }
}
