package io.freshet.local.registry;

import org.apache.avro.Schema;

/**
 * One version of a subject.
 *
 * @param version counts the subject's versions from 1
 * @param id names the schema in records; subjects share the id of a schema they have in common
 */
record SchemaVersion(String subject, int version, int id, Schema schema) {

    SchemaVersion {
        if (version < 1 || id < 1) {
            throw new IllegalArgumentException(
                    "version %d with id %d of subject %s; both count from 1".formatted(version, id, subject));
        }
    }
}
