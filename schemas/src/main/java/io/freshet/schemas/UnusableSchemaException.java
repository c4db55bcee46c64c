package io.freshet.schemas;

import org.jspecify.annotations.Nullable;

/** The registry has the schema, but it cannot be used here: not Avro, malformed, or made of references. */
public final class UnusableSchemaException extends RuntimeException {

    UnusableSchemaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
