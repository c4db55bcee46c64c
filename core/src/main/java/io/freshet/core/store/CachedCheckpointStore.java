package io.freshet.core.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * A store behind a local directory of files fetched before. What the directory holds is served without the store, which may
 * then be out of reach; bytes that went bad there are dropped and fetched again.
 */
final class CachedCheckpointStore implements CheckpointStore {

    private final CheckpointStore store;
    private final FileCache cache;

    CachedCheckpointStore(CheckpointStore store, Path directory, long maxBytes) throws IOException {
        this.store = store;
        this.cache = new FileCache(directory, maxBytes);
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
        if (cache.copyTo(file, target)) {
            return;
        }
        store.fetch(file, target);
        cache.add(file, target);
    }

    @Override
    public void close() {
        store.close();
    }
}
