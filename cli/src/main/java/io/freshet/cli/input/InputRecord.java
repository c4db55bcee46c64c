package io.freshet.cli.input;

import io.freshet.schemas.LabeledExample;

/** One record of an input file, in the order of the file. */
public sealed interface InputRecord {

    /** Returns the example's id, made from file and position where the record has none or cannot be read. */
    String id();

    /** A record that is an example; whether it is admitted is decided by ingest. */
    record Example(LabeledExample example) implements InputRecord {
        @Override
        public String id() {
            return example.getId();
        }
    }

    /**
     * A record that is no example.
     *
     * @param line where the record begins in the file, from 1
     * @param problem what is wrong and what would be right
     * @param bytes the record as it is in the file, at most {@link Limits#RECORD_BYTES} of it
     */
    @SuppressWarnings("ArrayRecordComponent") // carried to Kafka untouched, never compared
    record Malformed(String id, long line, String problem, byte[] bytes) implements InputRecord {}
}
