package io.freshet.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Which champions' files a cache keeps: the one served, the one before it, and those that requests still hold. Confined to
 * one thread but for {@link #closed}.
 */
final class KeptChampions {

    private final ModelCache cache;
    private final ServedFile file;
    private final List<Champion> open = new CopyOnWriteArrayList<>();
    private final AtomicBoolean cleaningDue = new AtomicBoolean();
    private @Nullable Served served;

    KeptChampions(ModelCache cache) {
        this.cache = cache;
        this.file = new ServedFile(cache.root());
    }

    /** Returns the cache's directory. */
    Path location() {
        return cache.root();
    }

    /** Returns the champion that was served last, by this process or an earlier one. */
    Optional<Champion> restore() throws IOException {
        Optional<Served> last = file.read();
        served = last.orElse(null);
        return last.map(Served::current);
    }

    /** Notes that the champion's files are in use until {@link #closed}. */
    void opening(Champion champion) {
        open.add(champion);
    }

    /** Notes that a model is closed; any thread. */
    void closed(Champion champion) {
        open.remove(champion);
        cleaningDue.set(true);
    }

    /** Notes, on disk too, that {@code champion} is served from now on. */
    void serve(Champion champion) throws IOException {
        Optional<Champion> before = Optional.ofNullable(served).map(Served::current);
        if (before.isPresent() && before.get().sameModel(champion)) {
            return;
        }
        Served now = new Served(champion, before);
        served = now;
        cleaningDue.set(true);
        file.write(now);
    }

    /** Removes files of champions that are kept no longer, if there may be any. */
    void clean() throws IOException {
        if (served == null || !cleaningDue.getAndSet(false)) {
            return;
        }
        List<Champion> kept = new ArrayList<>(open);
        kept.add(served.current());
        served.previous().ifPresent(kept::add);
        CacheCleaner.clean(cache, kept);
    }
}
