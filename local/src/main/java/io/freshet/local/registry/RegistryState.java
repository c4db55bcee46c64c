package io.freshet.local.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** What a registry knows: a pure fold of its records. Not thread-safe. */
final class RegistryState {

    private final NavigableMap<String, NavigableMap<Integer, SchemaVersion>> subjects = new TreeMap<>();
    private final NavigableMap<Integer, Schema> schemas = new TreeMap<>();
    private final Map<String, CompatibilityLevel> levels = new HashMap<>();
    private CompatibilityLevel globalLevel = CompatibilityLevel.FULL_TRANSITIVE;

    void add(SchemaVersion version) {
        subjects.computeIfAbsent(version.subject(), subject -> new TreeMap<>()).put(version.version(), version);
        schemas.put(version.id(), version.schema());
    }

    void setLevel(String subject, CompatibilityLevel level) {
        levels.put(subject, level);
    }

    void setGlobalLevel(CompatibilityLevel level) {
        globalLevel = level;
    }

    /** Names of all subjects in alphabetical order. */
    Set<String> subjects() {
        return subjects.keySet();
    }

    /** The subject's versions, oldest first; empty if there is no such subject. */
    List<SchemaVersion> versions(String subject) {
        NavigableMap<Integer, SchemaVersion> versions = subjects.get(subject);
        return versions == null ? List.of() : List.copyOf(versions.values());
    }

    Optional<Schema> schema(int id) {
        return Optional.ofNullable(schemas.get(id));
    }

    /** Where the schema with that id is registered, by subject. */
    List<SchemaVersion> usesOf(int id) {
        List<SchemaVersion> uses = new ArrayList<>();
        subjects.values()
                .forEach(versions -> versions.values().stream()
                        .filter(version -> version.id() == id)
                        .forEach(uses::add));
        return uses;
    }

    /** The subject's version that equals {@code schema}; documentation is not compared. */
    Optional<SchemaVersion> find(String subject, Schema schema) {
        return versions(subject).stream()
                .filter(version -> version.schema().equals(schema))
                .findFirst();
    }

    Optional<CompatibilityLevel> levelOf(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    CompatibilityLevel globalLevel() {
        return globalLevel;
    }

    /** What speaks against {@code schema} as the subject's next version; empty if nothing does. */
    List<String> objections(String subject, Schema schema) {
        return levelOf(subject)
                .orElse(globalLevel)
                .objections(
                        schema,
                        versions(subject).stream().map(SchemaVersion::schema).toList());
    }

    /** The version that {@code schema} would become; it takes the id of an equal schema of another subject. */
    SchemaVersion next(String subject, Schema schema) {
        int version = versions(subject).stream()
                        .mapToInt(SchemaVersion::version)
                        .max()
                        .orElse(0)
                + 1;
        int id = schemas.entrySet().stream()
                .filter(entry -> entry.getValue().toString().equals(schema.toString()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> schemas.isEmpty() ? 1 : schemas.lastKey() + 1);
        return new SchemaVersion(subject, version, id, schema);
    }
}
