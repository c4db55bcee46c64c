package io.freshet.schemas;

/** The registry has no schema of that id. */
public final class UnknownSchemaException extends RuntimeException {

    UnknownSchemaException(int id, Throwable cause) {
        super(
                "the registry has no schema with id %d; was the record written against another registry?".formatted(id),
                cause);
    }
}
