package io.freshet.cli.command;

import io.freshet.cli.services.PropertiesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The small file by which other commands find a running {@code freshet up}: its settings and its process id. */
final class Addresses {

    static final String DEFAULT_DATA = "freshet-data";

    private static final String FILE = "addresses.properties";
    private static final String PID = "pid";

    private Addresses() {}

    static void write(Path data, Map<String, String> settings) throws IOException {
        Map<String, String> values = new TreeMap<>(settings);
        values.put(PID, Long.toString(ProcessHandle.current().pid()));
        PropertiesFile.write(data.resolve(FILE), values);
    }

    static void remove(Path data) throws IOException {
        Files.deleteIfExists(data.resolve(FILE));
    }

    /** Returns the settings of the stack that runs on this directory, or nothing where none does. */
    static Optional<Map<String, String>> find(Path data) throws IOException {
        Path file = data.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Map<String, String> values = PropertiesFile.read(file);
        String pid = values.remove(PID);
        boolean alive = pid != null
                && ProcessHandle.of(Long.parseLong(pid))
                        .map(ProcessHandle::isAlive)
                        .orElse(false);
        return alive ? Optional.of(values) : Optional.empty();
    }
}
