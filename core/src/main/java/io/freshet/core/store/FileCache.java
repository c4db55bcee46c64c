package io.freshet.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files by hash in one flat directory of bounded size. The time a file was last used is its modification time. */
final class FileCache {

    private final Path directory;
    private final long maxBytes;

    FileCache(Path directory, long maxBytes) throws IOException {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("size of the cache %d is negative".formatted(maxBytes));
        }
        this.directory = Files.createDirectories(directory);
        this.maxBytes = maxBytes;
        VerifiedCopy.sweep(directory);
    }

    /** Copies a file to {@code target}; false if it is not here, or not with the right bytes (it is then dropped). */
    boolean copyTo(StoredFile file, Path target) throws IOException {
        Path cached = directory.resolve(file.sha256());
        try (InputStream in = Files.newInputStream(cached)) {
            VerifiedCopy.write(in, file, FileCheckpointStore.directoryOf(target), target, cached.toString());
            touch(cached);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (CorruptFileException e) {
            Files.deleteIfExists(cached);
            return false;
        }
    }

    void add(StoredFile file, Path source) throws IOException {
        Path cached = directory.resolve(file.sha256());
        try (InputStream in = Files.newInputStream(source)) {
            VerifiedCopy.write(in, file, directory, cached, source.toString());
        }
        evict();
    }

    private static void touch(Path cached) throws IOException {
        try {
            Files.setLastModifiedTime(cached, FileTime.from(Instant.now()));
        } catch (NoSuchFileException e) {
            // another process evicted it after it was read
        }
    }

    /** Deletes the files unused for longest until the rest fits. */
    private void evict() throws IOException {
        List<Entry> entries = entries();
        long total = entries.stream().mapToLong(Entry::size).sum();
        for (Entry entry : entries) {
            if (total <= maxBytes) {
                return;
            }
            Files.deleteIfExists(entry.path());
            total -= entry.size();
        }
    }

    private List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path path :
                    (Iterable<Path>) files.filter(p -> !p.toString().endsWith(VerifiedCopy.PARTIAL))::iterator) {
                try {
                    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                    entries.add(new Entry(path, attributes.size(), attributes.lastModifiedTime()));
                } catch (NoSuchFileException e) {
                    // evicted by another process meanwhile
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::used).thenComparing(Entry::path));
        return entries;
    }

    private record Entry(Path path, long size, FileTime used) {}
}
