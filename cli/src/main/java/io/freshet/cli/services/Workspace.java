package io.freshet.cli.services;

import io.freshet.core.config.CommonConfig;
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
