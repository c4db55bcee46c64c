package io.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.core.store.CheckpointStore;
import io.freshet.core.store.CheckpointStores;
import io.freshet.core.store.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptChampionsTest {

    @TempDir
    Path temp;

    private ModelCache cache;
    private KeptChampions kept;

    @BeforeEach
    void open() {
        cache = new ModelCache(temp.resolve("cache"));
        kept = new KeptChampions(cache);
    }

    @Test
    void keepsTheFilesOfTheCurrentAndThePreviousChampion() throws IOException {
        Champion one = serve(1);
        kept.closed(one);
        Champion two = serve(2);
        kept.closed(two);
        Champion three = serve(3);

        kept.clean();

        assertThat(cache.directory(one)).doesNotExist();
        assertThat(cache.directory(two)).isDirectory();
        assertThat(cache.directory(three)).isDirectory();
    }

    @Test
    void keepsTheFilesOfAnOlderChampionWhileARequestHoldsIt() throws IOException {
        Champion one = serve(1);
        serve(2);
        serve(3);

        kept.clean();
        assertThat(cache.directory(one)).isDirectory();

        kept.closed(one);
        kept.clean();
        assertThat(cache.directory(one)).doesNotExist();
    }

    @Test
    void keepsThePreviousChampionAcrossAStart() throws IOException {
        Champion one = serve(1);
        Champion two = serve(2);

        KeptChampions again = new KeptChampions(cache);
        assertThat(again.restore()).contains(two);
        again.serve(two);
        Champion orphan = prepare(9);
        again.closed(orphan);
        again.clean();

        assertThat(cache.directory(one)).isDirectory();
        assertThat(cache.directory(two)).isDirectory();
        assertThat(cache.directory(orphan)).doesNotExist();
    }

    @Test
    void removesNothingBeforeItKnowsWhatIsServed() throws IOException {
        Champion one = prepare(1);
        kept.closed(one);

        kept.clean();

        assertThat(cache.directory(one)).isDirectory();
    }

    private Champion serve(long sequence) throws IOException {
        Champion champion = prepare(sequence);
        kept.opening(champion);
        kept.serve(champion);
        return champion;
    }

    private Champion prepare(long sequence) throws IOException {
        try (CheckpointStore store =
                        CheckpointStores.open(temp.resolve("store").toUri().toString(), Map.of());
                StoreSource stores = new StoreSource(Optional.empty(), Map.of())) {
            StoredFile file = store.put(Files.writeString(temp.resolve("file"), "weights " + sequence));
            Champion champion = new Champion(
                    sequence,
                    "c" + sequence,
                    "promotion",
                    Optional.empty(),
                    OptionalDouble.empty(),
                    store.uri().toString(),
                    List.of(new ChampionFile("model.safetensors", file)));
            cache.prepare(champion, stores);
            return champion;
        }
    }
}
