package io.freshet.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A store in a directory: {@code ab/abcd…} holds the file whose SHA-256 is {@code abcd…}. Several processes may share it. */
final class FileCheckpointStore implements CheckpointStore {

    private static final String TEMPORARY = "tmp";

    private final Path root;

    FileCheckpointStore(Path root) throws IOException {
        this.root = Files.createDirectories(root.toAbsolutePath().normalize());
        VerifiedCopy.sweep(this.root.resolve(TEMPORARY));
    }

    @Override
    public URI uri() {
        String text = root.toUri().toString();
        return URI.create(
                text.endsWith("/") && text.length() > "file:///".length()
                        ? text.substring(0, text.length() - 1)
                        : text);
    }

    @Override
    public StoredFile put(Path file) throws IOException {
        StoredFile stored = VerifiedCopy.describe(file);
        if (!holds(stored)) {
            try (InputStream in = Files.newInputStream(file)) {
                VerifiedCopy.write(in, stored, root.resolve(TEMPORARY), path(stored), file.toString());
            }
        }
        return stored;
    }

    @Override
    public void fetch(StoredFile file, Path target) throws IOException {
        Path source = path(file);
        try (InputStream in = Files.newInputStream(source)) {
            VerifiedCopy.write(in, file, directoryOf(target), target, source.toString());
        } catch (NoSuchFileException e) {
            throw new MissingFileException(
                    "%s has no file %s; it was deleted, or the store is not the one that the manifest names"
                            .formatted(uri(), file.sha256()),
                    e);
        }
    }

    /** Returns whether the store has a file of this name and size; its bytes are verified when they are fetched. */
    private boolean holds(StoredFile file) throws IOException {
        Path path = path(file);
        return Files.isRegularFile(path) && Files.size(path) == file.size();
    }

    private Path path(StoredFile file) {
        return root.resolve(file.sha256().substring(0, 2)).resolve(file.sha256());
    }

    static Path directoryOf(Path target) {
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("%s is not a file in a directory".formatted(target));
        }
        return parent;
    }

    @Override
    public void close() {}
}
