package io.freshet.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CachedCheckpointStoreTest {

    @TempDir
    Path directory;

    @Test
    void servesWhatItFetchedBeforeWithoutTheStore() throws IOException {
        try (CheckpointStore store = open(1000)) {
            StoredFile stored = store.put(file("hello"));
            store.fetch(stored, target());
            Files.delete(inStore(stored));
            Files.delete(target());

            store.fetch(stored, target());
            assertThat(target()).hasContent("hello");
        }
    }

    @Test
    void fetchesAgainWhatWentBadInTheCache() throws IOException {
        try (CheckpointStore store = open(1000)) {
            StoredFile stored = store.put(file("hello"));
            store.fetch(stored, target());
            Files.writeString(cached(stored), "hellO");

            store.fetch(stored, target());
            assertThat(target()).hasContent("hello");
            assertThat(cached(stored)).hasContent("hello");
        }
    }

    @Test
    void dropsTheFilesUnusedForLongestWhenItIsFull() throws IOException {
        try (CheckpointStore store = open(10)) {
            StoredFile first = fetched(store, "aaaa");
            StoredFile second = fetched(store, "bbbb");
            Files.setLastModifiedTime(cached(first), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
            Files.setLastModifiedTime(cached(second), FileTime.from(Instant.parse("2020-01-02T00:00:00Z")));
            store.fetch(first, target()); // now used after the second

            StoredFile third = fetched(store, "cccc"); // 12 bytes in all, 10 fit

            assertThat(cached(second)).doesNotExist();
            assertThat(cached(first)).exists();
            assertThat(cached(third)).exists();
        }
    }

    @Test
    void keepsNothingOfAFileThatTheStoreDoesNotHave() throws IOException {
        try (CheckpointStore store = open(1000)) {
            assertThatThrownBy(() -> store.fetch(new StoredFile("0".repeat(64), 3), target()))
                    .isInstanceOf(MissingFileException.class);
        }
        assertThat(directory.resolve("cache")).isEmptyDirectory();
    }

    private StoredFile fetched(CheckpointStore store, String content) throws IOException {
        StoredFile stored = store.put(file(content));
        store.fetch(stored, target());
        return stored;
    }

    private CheckpointStore open(long maxBytes) throws IOException {
        String uri = directory.resolve("store").toUri().toString();
        return CheckpointStores.openCached(uri, Map.of(), directory.resolve("cache"), maxBytes);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("source"), content);
    }

    private Path target() {
        return directory.resolve("target");
    }

    private Path cached(StoredFile file) {
        return directory.resolve("cache").resolve(file.sha256());
    }

    private Path inStore(StoredFile file) {
        return directory.resolve("store").resolve(file.sha256().substring(0, 2)).resolve(file.sha256());
    }
}
