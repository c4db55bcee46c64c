package io.freshet.ingest;

import io.freshet.schemas.Label;
import io.freshet.schemas.Prediction;
import org.apache.kafka.common.utils.Bytes;

/** What the steps that are keyed by example id work on. */
sealed interface Incoming permits Candidate, Incoming.Labelling, Incoming.Answer {

    /** Where it was received. */
    Origin origin();

    /** The record's value as it was received. */
    Bytes value();

    /** The example's id. */
    String id();

    /** A label that is sound by itself. */
    record Labelling(Origin origin, Bytes value, Label label) implements Incoming {
        @Override
        public String id() {
            return label.getId();
        }
    }

    /** The champion's answer on an example that had no label. */
    record Answer(Origin origin, Bytes value, Prediction prediction) implements Incoming {
        @Override
        public String id() {
            return prediction.getExampleId();
        }
    }
}
