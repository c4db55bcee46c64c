package io.freshet.evaluator.scorer;

import io.freshet.schemas.ModelFile;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models in use, loaded when first asked for. Confined to one thread. Closing it closes them. */
final class ModelShelf implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ModelShelf.class);
    private static final long FIRST_PAUSE_NANOS = 500_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 30_000_000_000L;

    private final ModelLoader loader;
    private final LongSupplier nanoTime;
    private final Map<String, Shelved> models = new TreeMap<>();
    private long retryAt;
    private long pause = FIRST_PAUSE_NANOS;

    ModelShelf(ModelLoader loader, LongSupplier nanoTime) {
        this.loader = loader;
        this.nanoTime = nanoTime;
        this.retryAt = nanoTime.getAsLong();
    }

    /** Returns a checkpoint's model, loading it if it is not here yet; while the store is away, tries again now and then. */
    Shelved get(String checkpoint, List<ModelFile> files) {
        Shelved known = models.get(checkpoint);
        if (known != null && !(known instanceof Shelved.Pending)) {
            return known;
        }
        if (known != null && nanoTime.getAsLong() - retryAt < 0) {
            return known;
        }
        Shelved loaded = loader.load(checkpoint, files);
        models.put(checkpoint, loaded);
        if (loaded instanceof Shelved.Pending pending) {
            retryAt = nanoTime.getAsLong() + pause;
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            LOG.warn("Checkpoint {} waits: {}", checkpoint, pending.reason());
        } else {
            pause = FIRST_PAUSE_NANOS;
            if (loaded instanceof Shelved.Broken broken) {
                LOG.warn("Checkpoint {} is broken: {}", checkpoint, broken.reason());
            }
        }
        return loaded;
    }

    /** Closes all models but those of {@code checkpoints} and removes their files. */
    void retain(Set<String> checkpoints) {
        for (String checkpoint : List.copyOf(models.keySet())) {
            if (!checkpoints.contains(checkpoint)) {
                release(checkpoint);
            }
        }
    }

    @Override
    public void close() {
        retain(Set.of());
    }

    private void release(String checkpoint) {
        if (models.remove(checkpoint) instanceof Shelved.Ready ready) {
            ready.model().close();
        }
        discard(checkpoint);
    }

    private void discard(String checkpoint) {
        try {
            loader.discard(checkpoint);
        } catch (IllegalArgumentException | UncheckedIOException e) { // files left behind are no reason to stop scoring
            LOG.warn("The files of checkpoint {} stay: {}", checkpoint, e.getMessage());
        }
    }
}
