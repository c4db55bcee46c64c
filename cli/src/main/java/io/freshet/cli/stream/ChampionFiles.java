package io.freshet.cli.stream;

import io.freshet.core.store.CheckpointStore;
import io.freshet.core.store.CheckpointStores;
import io.freshet.core.store.StoredFile;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes a champion's files as a Hugging Face directory. */
public final class ChampionFiles {

    private ChampionFiles() {}

    /**
     * Fetches every file of the champion, verified, into a directory; files of the same name are replaced.
     *
     * @param settings may hold the store's own settings, and its address where this process reaches it by another
     * @throws IOException if the store cannot be reached, or lacks or has damaged a file, or the directory cannot be written
     */
    public static void write(ChampionUpdate champion, Map<String, String> settings, Path directory) throws IOException {
        Path target = Files.createDirectories(directory).toRealPath();
        String address = settings.getOrDefault("checkpoint.store", champion.getStore());
        try (CheckpointStore store = CheckpointStores.open(address, settings)) {
            for (ModelFile file : champion.getFiles()) {
                Path path = target.resolve(file.getPath()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("file '%s' of champion %s would lie outside %s; refused"
                            .formatted(file.getPath(), champion.getCheckpoint(), target));
                }
                Path parent = path.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                store.fetch(new StoredFile(file.getSha256(), file.getSize()), path);
            }
        }
    }
}
