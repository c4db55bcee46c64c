package io.freshet.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FileCheckpointStoreTest extends StoreContract {

    @Override
    CheckpointStore store() {
        try {
            return CheckpointStores.open(root().toUri().toString(), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void corrupt(StoredFile file, byte[] bytes) throws IOException {
        Files.write(root().resolve(HELLO.substring(0, 2)).resolve(HELLO), bytes);
    }

    @Test
    void doesNotWriteAFileAgainThatItHas() throws IOException {
        StoredFile stored = store().put(file("a", "hello"));
        Path inStore = root().resolve("2c").resolve(stored.sha256());
        FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(inStore, longAgo);

        store().put(file("b", "hello"));

        assertThat(Files.getLastModifiedTime(inStore)).isEqualTo(longAgo);
    }

    @Test
    void replacesAFileThatAPowerCutTruncated() throws IOException {
        StoredFile stored = store().put(file("a", "hello"));
        Files.writeString(root().resolve("2c").resolve(stored.sha256()), "he");

        store().put(file("a", "hello"));
        store().fetch(stored, directory.resolve("b"));

        assertThat(directory.resolve("b")).hasContent("hello");
    }

    @Test
    void removesWhatAKilledProcessLeftUnfinished() throws IOException {
        Path temporary = Files.createDirectories(root().resolve("tmp"));
        Path old = Files.writeString(temporary.resolve("x.partial"), "half");
        Path fresh = Files.writeString(temporary.resolve("y.partial"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));

        store();

        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
    }

    @Test
    void namesTheSameAddressHoweverItWasWritten() throws IOException {
        String root = root().toString();
        assertThat(CheckpointStores.open("file:" + root + "/", Map.of()).uri())
                .isEqualTo(CheckpointStores.open("file://" + root, Map.of()).uri())
                .hasToString("file://" + root);
    }

    @Test
    void refusesAnAddressThatIsNotAStore() {
        for (String address : new String[] {"/var/store", "file:store", "http://host/x", "s3:bucket", "a b"}) {
            assertThatThrownBy(() -> CheckpointStores.open(address, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(address)
                    .hasMessageContaining("s3://bucket/prefix");
        }
    }

    private Path root() {
        return directory.resolve("store");
    }
}
