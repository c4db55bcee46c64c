package io.freshet.trainer.checkpoint;

import io.freshet.core.store.CheckpointStore;
import io.freshet.core.store.StoredFile;
import io.freshet.schemas.CheckpointFile;
import io.freshet.trainer.learn.LearnerSnapshot;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Moves the files of a checkpoint between a directory and the store. In the directory, the model's files lie at the top,
 * so that it is a Hugging Face directory, and the trainer's under {@value #TRAINER}.
 */
public final class CheckpointFiles {

    static final String TRAINER = "trainer";

    private final CheckpointStore store;
    private final Path scratch;

    /** @param scratch directory for files on their way; made when absent */
    public CheckpointFiles(CheckpointStore store, Path scratch) {
        this.store = store;
        this.scratch = scratch;
    }

    /** A fetched checkpoint; its files are deleted by {@code close}. */
    public record Fetched(Path directory) implements AutoCloseable {

        public Path trainer() {
            return directory.resolve(TRAINER);
        }

        @Override
        public void close() throws IOException {
            deleteTree(directory);
        }
    }

    /** Returns the address of the store. */
    public URI store() {
        return store.uri();
    }

    /** Writes a snapshot into the store and returns its files, sorted by path. They are durable then. */
    public List<CheckpointFile> write(LearnerSnapshot snapshot) throws IOException {
        Path directory = newDirectory();
        try {
            Path trainer = Files.createDirectory(directory.resolve(TRAINER));
            snapshot.writeModel(directory);
            snapshot.writeTrainer(trainer);
            List<CheckpointFile> files = new ArrayList<>();
            for (Path file : filesBelow(directory)) {
                StoredFile stored = store.put(file);
                String role = file.startsWith(trainer) ? "trainer" : "model";
                String path = directory.relativize(file).toString().replace('\\', '/');
                files.add(new CheckpointFile(path, stored.sha256(), stored.size(), role));
            }
            return files;
        } finally {
            deleteTree(directory);
        }
    }

    /** Fetches every file of a checkpoint, verified. The caller closes the result. */
    public Fetched fetch(List<CheckpointFile> files) throws IOException {
        Path directory = newDirectory();
        try {
            for (CheckpointFile file : files) {
                Path target = directory.resolve(file.getPath()).normalize();
                if (!target.startsWith(directory)) {
                    throw new IOException(
                            "the manifest's path '%s' leaves the checkpoint's directory; it was not written by a trainer"
                                    .formatted(file.getPath()));
                }
                Files.createDirectories(target.getParent());
                store.fetch(new StoredFile(file.getSha256(), file.getSize()), target);
            }
            return new Fetched(directory);
        } catch (IOException | RuntimeException e) {
            deleteTree(directory);
            throw e;
        }
    }

    private Path newDirectory() throws IOException {
        Files.createDirectories(scratch);
        return Files.createTempDirectory(scratch, "checkpoint-")
                .toAbsolutePath()
                .normalize();
    }

    private static List<Path> filesBelow(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        List<Path> paths;
        try (Stream<Path> found = Files.walk(directory)) {
            paths = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
