package io.freshet.cli.services;

import io.freshet.core.config.CommonConfig;
import io.freshet.core.config.ModelSettings;
import io.freshet.evaluator.gate.GateConfig;
import io.freshet.trainer.TrainerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which an embedded stack and the services beside it keep everything.
 *
 * @param directory absolute
 * @param temporary whether it goes when it is closed
 */
public record Workspace(Path directory, boolean temporary) implements AutoCloseable {

    private static final String REMEMBERED = "settings.properties";

    /** What the first start fixes: partitions of topics, their prefix, what is learned, and which examples are held out. */
    private static final List<String> FIXED = List.of(
            CommonConfig.PARTITIONS,
            CommonConfig.MODEL_NAME,
            ModelSettings.OBJECTIVE,
            "ingest.heldout.fraction",
            "ingest.heldout.salt");

    /**
     * Opens a directory, made if it is not there, or a temporary one.
     *
     * @param directory null for a temporary one
     */
    public static Workspace open(@Nullable Path directory) throws IOException {
        if (directory == null) {
            return new Workspace(Files.createTempDirectory("freshet-").toAbsolutePath(), true);
        }
        return new Workspace(Files.createDirectories(directory).toRealPath(), false);
    }

    /** Whether a stack has been here before. */
    public boolean used() {
        return Files.exists(directory.resolve("broker"));
    }

    public Path model() {
        return directory.resolve("model");
    }

    public Path champion() {
        return directory.resolve("champion");
    }

    /** Where services keep what they keep on disk. */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put(CommonConfig.STORE, directory.resolve("store").toUri().toString());
        settings.put(CommonConfig.CACHE, directory.resolve("cache").toString());
        settings.put("ingest.state.directory", directory.resolve("ingest").toString());
        settings.put(GateConfig.STATE_DIRECTORY, directory.resolve("gate").toString());
        settings.put(TrainerConfig.MODEL, model().toString());
        return settings;
    }

    /** Writes down those settings that must be the same whenever a stack runs here again. */
    public void remember(SettingsForAll settings) throws IOException {
        Map<String, String> kept = new TreeMap<>(settings.values());
        kept.keySet().retainAll(FIXED);
        PropertiesFile.write(directory.resolve(REMEMBERED), kept);
    }

    /** Returns what was written down, empty where nothing was. */
    public Map<String, String> remembered() throws IOException {
        Path file = directory.resolve(REMEMBERED);
        return Files.exists(file) ? PropertiesFile.read(file) : Map.of();
    }

    /** Removes the directory if it is a temporary one. */
    @Override
    public void close() throws IOException {
        if (temporary) {
            List<Path> inside;
            try (Stream<Path> walk = Files.walk(directory)) {
                inside = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : inside) {
                Files.deleteIfExists(path);
            }
        }
    }
}
