package io.freshet.core.store;

/**
 * A file in a checkpoint store.
 *
 * @param sha256 lower-case hexadecimal SHA-256 of the content, which is also its name in the store
 * @param size bytes, not negative
 */
public record StoredFile(String sha256, long size) {
    public StoredFile {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("sha256 '%s' is not 64 lower-case hexadecimal digits".formatted(sha256));
        }
        if (size < 0) {
            throw new IllegalArgumentException("size %d is negative".formatted(size));
        }
    }
}
