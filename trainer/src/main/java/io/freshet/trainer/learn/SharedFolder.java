package io.freshet.trainer.learn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A temporary directory that several hold at once, on any thread; it is deleted when the last one lets go. */
final class SharedFolder implements AutoCloseable {

    private final Path path;
    private final AtomicInteger holders = new AtomicInteger(1);

    private SharedFolder(Path path) {
        this.path = path;
    }

    /** Makes an empty one, held once. */
    static SharedFolder create(String prefix) throws IOException {
        return new SharedFolder(Files.createTempDirectory(prefix));
    }

    Path path() {
        return path;
    }

    /** Returns it held once more; each holder closes it once. */
    SharedFolder held() {
        holders.incrementAndGet();
        return this;
    }

    /** Copies the files directly inside, into {@code target}, which is made if it is not there. */
    static void copy(Path source, Path target) throws IOException {
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.sorted().toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
    }

    @Override
    public void close() {
        if (holders.decrementAndGet() > 0) {
            return;
        }
        try (Stream<Path> found = Files.walk(path)) {
            List<Path> inside = found.sorted(Comparator.reverseOrder()).toList();
            for (Path file : inside) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary directory %s cannot be deleted".formatted(path), e);
        }
    }
}
