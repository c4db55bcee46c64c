package io.freshet.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store does. */
abstract class StoreContract {

    /** SHA-256 of "hello", from FIPS 180-2 implementations everywhere. */
    static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path directory;

    abstract CheckpointStore store();

    /** Replaces the bytes of a stored file behind the store's back. */
    abstract void corrupt(StoredFile file, byte[] bytes) throws IOException;

    @Test
    void givesBackWhatWasPutUnderTheHashOfItsContent() throws IOException {
        StoredFile stored = store().put(file("a", "hello"));
        Path target = directory.resolve("new/dir/b");

        store().fetch(stored, target);

        assertThat(stored).isEqualTo(new StoredFile(HELLO, 5));
        assertThat(target).hasContent("hello");
    }

    @Test
    void keepsAnEmptyFileAndALargeOne() throws IOException {
        byte[] bytes = new byte[9_000_001];
        new Random(7).nextBytes(bytes);
        Path large = Files.write(directory.resolve("large"), bytes);
        Path target = directory.resolve("back");

        store().fetch(store().put(large), target);
        assertThat(Files.mismatch(large, target)).isEqualTo(-1);

        store().fetch(store().put(file("empty", "")), target);
        assertThat(target).isEmptyFile();
    }

    @Test
    void putsTheSameBytesFromManyThreadsAtOnce() throws Exception {
        Path file = file("a", "x".repeat(100_000));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<StoredFile>> puts = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                puts.add(() -> store().put(file));
            }
            for (Future<StoredFile> put : threads.invokeAll(puts)) {
                store().fetch(put.get(), directory.resolve("b"));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(Files.mismatch(file, directory.resolve("b"))).isEqualTo(-1);
    }

    @Test
    void namesAFileThatIsNotThere() {
        StoredFile absent = new StoredFile("0".repeat(64), 1);
        assertThatThrownBy(() -> store().fetch(absent, directory.resolve("b")))
                .isInstanceOf(MissingFileException.class)
                .hasMessageContaining(absent.sha256())
                .hasMessageContaining(store().uri().toString());
        assertThat(directory.resolve("b")).doesNotExist();
    }

    @Test
    void leavesTheTargetAsItWasWhenTheStoredBytesWentBad() throws IOException {
        StoredFile stored = store().put(file("a", "hello"));
        corrupt(stored, "hellO".getBytes(StandardCharsets.UTF_8));
        Path target = file("b", "before");

        assertThatThrownBy(() -> store().fetch(stored, target))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining(HELLO);
        assertThat(target).hasContent("before");
        try (var left = Files.list(directory)) {
            assertThat(left.filter(p -> p.toString().endsWith(VerifiedCopy.PARTIAL)))
                    .isEmpty();
        }
    }

    Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }
}
