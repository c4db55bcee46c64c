package io.freshet.schemas;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/** The rule that schemas grow by: each reads, and is read by, every version ever released. */
final class SchemaEvolution {

    private SchemaEvolution() {}

    /**
     * Returns what speaks against {@code current}; empty if nothing does.
     *
     * @param released by name of the version, for example {@code v1}
     */
    static List<String> objections(Schema current, Map<String, Schema> released) {
        if (released.isEmpty()) {
            return List.of("%s has no released version beside it".formatted(current.getName()));
        }
        return released.entrySet().stream()
                .flatMap(version -> Stream.concat(
                        objections(current, version.getValue(), "does not read " + version.getKey()),
                        objections(version.getValue(), current, "is not read by " + version.getKey())))
                .map(objection -> current.getName() + " " + objection)
                .toList();
    }

    private static Stream<String> objections(Schema reader, Schema writer, String what) {
        SchemaPairCompatibility answer = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        return answer.getType() == SchemaCompatibilityType.COMPATIBLE
                ? Stream.empty()
                : Stream.of(what + ": " + answer.getResult().getIncompatibilities());
    }
}
