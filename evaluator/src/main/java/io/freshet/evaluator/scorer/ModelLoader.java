package io.freshet.evaluator.scorer;

import io.freshet.core.store.CheckpointStore;
import io.freshet.core.store.CorruptFileException;
import io.freshet.core.store.MissingFileException;
import io.freshet.core.store.StoredFile;
import io.freshet.model.TextModel;
import io.freshet.schemas.ModelFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Fetches a checkpoint's model files into a directory of their own and opens the model. */
final class ModelLoader {

    private final CheckpointStore store;
    private final Path directory;
    private final Function<Path, TextModel> opener;

    /**
     * @param directory where checkpoints are laid out, one directory each; this loader's alone
     * @param opener opens a model directory; throws any runtime exception if it cannot
     */
    ModelLoader(CheckpointStore store, Path directory, Function<Path, TextModel> opener) {
        this.store = store;
        this.directory = directory;
        this.opener = opener;
    }

    /** Loads one model. Never throws for what is wrong with the checkpoint or the store. */
    Shelved load(String checkpoint, List<ModelFile> files) {
        try {
            Path home = inside(directory, checkpoint);
            for (ModelFile file : files) {
                Path target = inside(home, file.getPath());
                Files.createDirectories(target.resolveSibling("."));
                store.fetch(new StoredFile(file.getSha256(), file.getSize()), target);
            }
            return new Shelved.Ready(opener.apply(home));
        } catch (MissingFileException | CorruptFileException e) {
            return new Shelved.Broken("a file of the model cannot be had: " + e.getMessage());
        } catch (IOException e) {
            return new Shelved.Pending("the checkpoint store cannot be reached: " + e);
        } catch (RuntimeException e) { // what the model library or the engine says of these files
            return new Shelved.Broken("the model cannot be opened: " + e.getMessage());
        }
    }

    /** Removes the files of one checkpoint. */
    void discard(String checkpoint) {
        remove(inside(directory, checkpoint));
    }

    /** Removes what a process that was killed has left behind. */
    void discardAll() {
        remove(directory);
    }

    private static void remove(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the files under %s cannot be removed".formatted(root), e);
        }
    }

    /** Paths come from records: one that leads elsewhere must not be written to. */
    private static Path inside(Path parent, String path) {
        Path target = parent.resolve(path).normalize();
        if (!target.startsWith(parent.normalize()) || target.equals(parent.normalize())) {
            throw new IllegalArgumentException("path '%s' leads out of %s".formatted(path, parent));
        }
        return target;
    }
}
