package io.freshet.local.registry;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/** Which earlier versions a new schema must get on with, and in which direction. */
enum CompatibilityLevel {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean newReadsOld;
    private final boolean oldReadsNew;
    private final boolean transitive;

    CompatibilityLevel(boolean newReadsOld, boolean oldReadsNew, boolean transitive) {
        this.newReadsOld = newReadsOld;
        this.oldReadsNew = oldReadsNew;
        this.transitive = transitive;
    }

    /** Returns the level of that name; empty if there is none. */
    static Optional<CompatibilityLevel> named(String name) {
        return List.of(values()).stream()
                .filter(level -> level.name().equals(name))
                .findFirst();
    }

    /**
     * Returns what speaks against {@code next}; empty if nothing does.
     *
     * @param earlier the versions so far, oldest first
     */
    List<String> objections(Schema next, List<Schema> earlier) {
        List<Schema> against =
                transitive || earlier.isEmpty() ? earlier : earlier.subList(earlier.size() - 1, earlier.size());
        return against.stream()
                .flatMap(old -> Stream.concat(
                        newReadsOld ? objection(next, old).stream() : Stream.empty(),
                        oldReadsNew ? objection(old, next).stream() : Stream.empty()))
                .toList();
    }

    private static Optional<String> objection(Schema reader, Schema writer) {
        SchemaPairCompatibility answer = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        return answer.getType() == SchemaCompatibilityType.COMPATIBLE
                ? Optional.empty()
                : Optional.of(answer.getResult().getIncompatibilities().toString());
    }
}
