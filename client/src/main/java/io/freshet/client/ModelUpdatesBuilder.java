package io.freshet.client;

import io.freshet.core.config.CommonConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings of {@link ModelUpdates} from code; every one is also reachable by its key with {@link #set}. */
public final class ModelUpdatesBuilder {

    private final Map<String, String> settings = new TreeMap<>();
    private final List<UpdateListener> listeners = new ArrayList<>();

    ModelUpdatesBuilder() {}

    public ModelUpdatesBuilder bootstrapServers(String servers) {
        return set(CommonConfig.BOOTSTRAP_SERVERS, servers);
    }

    public ModelUpdatesBuilder schemaRegistry(String url) {
        return set(CommonConfig.REGISTRY_URL, url);
    }

    public ModelUpdatesBuilder modelName(String name) {
        return set(CommonConfig.MODEL_NAME, name);
    }

    /** Sets the directory of fetched files; each model has its own below {@code client/}. Give a lasting one, to start without Kafka. */
    public ModelUpdatesBuilder cache(Path directory) {
        return set(CommonConfig.CACHE, directory.toString());
    }

    /** Sets any key of {@link ModelUpdatesConfig#DEFINITION}, or {@code consumer.*} for the Kafka consumer. */
    public ModelUpdatesBuilder set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    public ModelUpdatesBuilder set(Map<String, String> all) {
        settings.putAll(all);
        return this;
    }

    /** Adds a listener, told from the first update on. */
    public ModelUpdatesBuilder listener(UpdateListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Starts to follow.
     *
     * @throws io.freshet.core.config.ConfigException naming every unusable setting at once
     */
    public ModelUpdates start() {
        return ModelUpdates.start(settings, listeners.toArray(UpdateListener[]::new));
    }
}
