package io.freshet.client;

import io.freshet.core.store.CheckpointStore;
import io.freshet.core.store.CheckpointStores;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens the checkpoint store that a champion names and keeps it open while the address stays. Confined to one thread. */
final class StoreSource implements AutoCloseable {

    private final Optional<String> configured;
    private final Map<String, String> settings;
    private @Nullable CheckpointStore open;
    private String address = "";

    /**
     * @param configured address under which this process reaches the store; empty to use the one in the record
     * @param settings see {@link CheckpointStores#open}
     */
    StoreSource(Optional<String> configured, Map<String, String> settings) {
        this.configured = configured;
        this.settings = settings;
    }

    /**
     * Opens the store at the configured address, or else at the one named. This source closes it.
     *
     * @param named the address in the champion's record
     */
    CheckpointStore open(String named) throws IOException {
        String wanted = configured.orElse(named);
        if (open != null && address.equals(wanted)) {
            return open;
        }
        close();
        CheckpointStore store = CheckpointStores.open(wanted, settings);
        open = store;
        address = wanted;
        return store;
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
