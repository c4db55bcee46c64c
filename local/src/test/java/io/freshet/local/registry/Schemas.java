package io.freshet.local.registry;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/** Versions of one schema for tests. */
final class Schemas {

    static final Schema NAME =
            SchemaBuilder.record("Thing").fields().requiredString("name").endRecord();

    /** Reads {@link #NAME} and is read by it. */
    static final Schema NAME_AND_OPTIONAL_SIZE = SchemaBuilder.record("Thing")
            .fields()
            .requiredString("name")
            .optionalLong("size")
            .endRecord();

    /** Is read by {@link #NAME}, but does not read it. */
    static final Schema NAME_AND_SIZE = SchemaBuilder.record("Thing")
            .fields()
            .requiredString("name")
            .requiredLong("size")
            .endRecord();

    /** Reads {@link #NAME}, but is not read by it. */
    static final Schema EMPTY = SchemaBuilder.record("Thing").fields().endRecord();

    private Schemas() {}
}
