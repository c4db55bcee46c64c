package io.freshet.evaluator.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.core.store.CheckpointStore;
import io.freshet.core.store.CheckpointStores;
import io.freshet.core.store.StoredFile;
import io.freshet.model.Answer;
import io.freshet.model.ModelException;
import io.freshet.model.TextModel;
import io.freshet.schemas.ModelFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelShelfTest {

    @TempDir
    private Path directory;

    private CheckpointStore store;
    private List<ModelFile> files;
    private long nanos;
    private final FixedModel model = new FixedModel(new Answer(List.of(), new float[0]));

    @BeforeEach
    void fillStore() throws IOException {
        store = CheckpointStores.open(directory.resolve("store").toUri().toString(), Map.of());
        Path file = Files.writeString(directory.resolve("config.json"), "{}");
        StoredFile stored = store.put(file);
        files = List.of(new ModelFile("config.json", stored.sha256(), stored.size()));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void laysOutTheFilesAndLoadsAModelOnce() {
        int[] opened = {0};
        ModelShelf shelf = shelf(store, home -> {
            assertThat(home.resolve("config.json")).hasContent("{}");
            opened[0]++;
            return model;
        });

        shelf.get("c1", files);
        assertThat(shelf.get("c1", files)).isInstanceOf(Shelved.Ready.class);

        assertThat(opened[0]).isEqualTo(1);
    }

    @Test
    void closesModelsThatAreNotRetainedAndRemovesTheirFiles() {
        ModelShelf shelf = shelf(store, home -> model);
        shelf.get("c1", files);

        shelf.retain(Set.of("c1"));
        assertThat(model.closed()).isFalse();
        shelf.retain(Set.of("c2"));

        assertThat(model.closed()).isTrue();
        assertThat(directory.resolve("models/c1")).doesNotExist();
    }

    @Test
    void callsAModelBrokenThatCannotBeOpened() {
        ModelShelf shelf = shelf(store, home -> {
            throw new ModelException("tensor x has the wrong shape");
        });

        assertThat(shelf.get("c1", files))
                .isEqualTo(new Shelved.Broken("the model cannot be opened: tensor x has the wrong shape"));
    }

    @Test
    void callsAModelBrokenWhoseFileIsNotInTheStore() {
        Shelved shelved =
                shelf(store, home -> model).get("c1", List.of(new ModelFile("config.json", "a".repeat(64), 3L)));

        assertThat(shelved).isInstanceOf(Shelved.Broken.class);
    }

    @Test
    void writesNothingOutsideItsDirectory() {
        ModelFile sly = new ModelFile(
                "../../sly.json", files.get(0).getSha256(), files.get(0).getSize());

        assertThat(shelf(store, home -> model).get("c1", List.of(sly))).isInstanceOf(Shelved.Broken.class);
        assertThat(directory.resolve("sly.json")).doesNotExist();
    }

    @Test
    void triesAgainAfterAPauseWhileTheStoreIsAway() {
        Away away = new Away(store);
        ModelShelf shelf = shelf(away, home -> model);

        assertThat(shelf.get("c1", files)).isInstanceOf(Shelved.Pending.class);
        away.back = true;
        assertThat(shelf.get("c1", files)).as("no pause yet").isInstanceOf(Shelved.Pending.class);
        nanos += 500_000_000L;

        assertThat(shelf.get("c1", files)).isInstanceOf(Shelved.Ready.class);
    }

    private ModelShelf shelf(CheckpointStore from, Function<Path, TextModel> opener) {
        return new ModelShelf(new ModelLoader(from, directory.resolve("models"), opener), () -> nanos);
    }

    /** A store that cannot be reached until it is back. */
    private static final class Away implements CheckpointStore {
        private final CheckpointStore store;
        private boolean back;

        private Away(CheckpointStore store) {
            this.store = store;
        }

        @Override
        public URI uri() {
            return store.uri();
        }

        @Override
        public StoredFile put(Path file) throws IOException {
            return store.put(file);
        }

        @Override
        public void fetch(StoredFile file, Path target) throws IOException {
            if (!back) {
                throw new IOException("connection refused");
            }
            store.fetch(file, target);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
