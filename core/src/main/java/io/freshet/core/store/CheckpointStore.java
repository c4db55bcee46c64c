package io.freshet.core.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Files by the SHA-256 of their content. What is stored never changes, so a second put of the same bytes costs nothing. */
public interface CheckpointStore extends AutoCloseable {

    /** Returns the address that manifests carry, for example {@code file:///var/freshet/store} or {@code s3://bucket/prefix}. */
    URI uri();

    /**
     * Stores a file under its hash unless it is there already. Durable when it returns.
     *
     * @throws IOException if the file cannot be read or the store cannot be written
     */
    StoredFile put(Path file) throws IOException;

    /**
     * Copies a stored file to {@code target}, verifying size and hash; {@code target} appears only when both are right.
     *
     * @throws MissingFileException if the store has no such file
     * @throws CorruptFileException if the bytes are not those of the hash
     * @throws IOException if the store cannot be reached
     */
    void fetch(StoredFile file, Path target) throws IOException;

    @Override
    void close();
}
