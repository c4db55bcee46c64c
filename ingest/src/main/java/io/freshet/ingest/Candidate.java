package io.freshet.ingest;

import io.freshet.schemas.LabeledExample;
import org.apache.kafka.common.utils.Bytes;

/**
 * An example that is sound by itself, with where it was received.
 *
 * @param origin where it was received
 * @param value the record's value as it was received, or with the label that came for it
 * @param example what the value says
 */
record Candidate(Origin origin, Bytes value, LabeledExample example) implements Incoming {
    @Override
    public String id() {
        return example.getId();
    }
}
