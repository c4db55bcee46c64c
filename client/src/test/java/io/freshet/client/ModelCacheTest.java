package io.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.core.store.CheckpointStore;
import io.freshet.core.store.CheckpointStores;
import io.freshet.core.store.CorruptFileException;
import io.freshet.core.store.MissingFileException;
import io.freshet.core.store.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCacheTest {

    @TempDir
    Path temp;

    private CheckpointStore store;
    private StoreSource stores;
    private ModelCache cache;

    @BeforeEach
    void open() throws IOException {
        store = CheckpointStores.open(temp.resolve("store").toUri().toString(), Map.of());
        stores = new StoreSource(Optional.empty(), Map.of());
        cache = new ModelCache(temp.resolve("cache"));
    }

    @AfterEach
    void close() {
        stores.close();
        store.close();
    }

    @Test
    void fetchesADirectory() throws IOException {
        Champion champion = champion(1, Map.of("config.json", "{}", "folder/vocab.txt", "a b c"));

        Path directory = cache.prepare(champion, stores);

        assertThat(directory.resolve("config.json")).hasContent("{}");
        assertThat(directory.resolve("folder/vocab.txt")).hasContent("a b c");
    }

    @Test
    void keepsWhatTwoChampionsShareOnce() throws IOException {
        Path one = cache.prepare(champion(1, Map.of("tokenizer.json", "same", "config.json", "1")), stores);
        Path two = cache.prepare(champion(2, Map.of("tokenizer.json", "same", "config.json", "2")), stores);

        assertThat(Files.isSameFile(one.resolve("tokenizer.json"), two.resolve("tokenizer.json")))
                .isTrue();
        assertThat(names(cache.files())).hasSize(3);
    }

    @Test
    void needsNoStoreForWhatItHas() throws IOException {
        Champion champion = champion(1, Map.of("config.json", "{}"));
        cache.prepare(champion, stores);
        deleteStoredFiles();

        assertThat(cache.prepare(champion, stores).resolve("config.json")).hasContent("{}");
    }

    @Test
    void fetchesAgainWhatWentBadOnThisDisk() throws IOException {
        Champion champion = champion(1, Map.of("config.json", "{}"));
        Path file = cache.prepare(champion, stores).resolve("config.json");
        Files.writeString(file, "[]");

        assertThat(cache.prepare(champion, stores).resolve("config.json")).hasContent("{}");
    }

    @Test
    void refusesWhatDoesNotMatchItsHash() throws IOException {
        Champion champion = champion(1, Map.of("config.json", "{}"));
        Files.writeString(storedFiles().get(0), "[]");

        assertThatThrownBy(() -> cache.prepare(champion, stores)).isInstanceOf(CorruptFileException.class);
        assertThat(names(cache.files())).isEmpty();
    }

    @Test
    void saysWhichFileTheStoreLacks() throws IOException {
        Champion champion = champion(1, Map.of("config.json", "{}"));
        deleteStoredFiles();

        assertThatThrownBy(() -> cache.prepare(champion, stores))
                .isInstanceOf(MissingFileException.class)
                .hasMessageContaining(champion.files().get(0).stored().sha256());
    }

    @Test
    void cleansAwayWhatIsNotKept() throws IOException {
        Champion one = champion(1, Map.of("tokenizer.json", "same", "config.json", "1"));
        Champion two = champion(2, Map.of("tokenizer.json", "same", "config.json", "2"));
        Champion three = champion(3, Map.of("tokenizer.json", "same", "config.json", "3"));
        for (Champion champion : List.of(one, two, three)) {
            cache.prepare(champion, stores);
        }
        Path arriving = Files.writeString(cache.files().resolve("0".repeat(64) + ".partial"), "half");

        CacheCleaner.clean(cache, List.of(two, three));

        assertThat(cache.directory(one)).doesNotExist();
        assertThat(cache.directory(two).resolve("tokenizer.json")).hasContent("same");
        assertThat(cache.directory(three).resolve("config.json")).hasContent("3");
        assertThat(names(cache.files()))
                .as("tokenizer and two configurations, and what is being fetched")
                .hasSize(4)
                .contains(arriving.getFileName().toString());
    }

    @Test
    void cleansAnEmptyCache() throws IOException {
        CacheCleaner.clean(cache, List.of());

        assertThat(cache.root()).doesNotExist();
    }

    private Champion champion(long sequence, Map<String, String> contents) throws IOException {
        Path source = Files.createDirectories(temp.resolve("source"));
        List<ChampionFile> files = new ArrayList<>();
        for (Map.Entry<String, String> content : contents.entrySet()) {
            Path file = Files.writeString(source.resolve("file"), content.getValue());
            StoredFile stored = store.put(file);
            files.add(new ChampionFile(content.getKey(), stored));
        }
        return new Champion(
                sequence,
                "c" + sequence,
                "promotion",
                Optional.empty(),
                OptionalDouble.empty(),
                store.uri().toString(),
                files);
    }

    private List<Path> storedFiles() throws IOException {
        try (Stream<Path> tree = Files.walk(temp.resolve("store"))) {
            return tree.filter(Files::isRegularFile).toList();
        }
    }

    private void deleteStoredFiles() throws IOException {
        for (Path file : storedFiles()) {
            Files.delete(file);
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
