package io.freshet.cli.services;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads and writes settings as Java properties, UTF-8. */
public final class PropertiesFile {

    private PropertiesFile() {}

    /**
     * Reads all settings of a file.
     *
     * @throws UnusableSettingsException if there is no such file, or it is not a properties file
     */
    public static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) { // the latter for a malformed escape
            throw new UnusableSettingsException(
                    List.of("%s cannot be read as properties (%s); name a file of key=value lines in UTF-8"
                            .formatted(file, e)));
        }
        Map<String, String> values = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(name -> values.put(name, properties.getProperty(name).strip()));
        return values;
    }

    public static void write(Path file, Map<String, String> values) throws IOException {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(values)
                .forEach((key, value) -> text.append(key)
                        .append('=')
                        .append(value.replace("\\", "\\\\"))
                        .append('\n'));
        Files.writeString(file, text);
    }
}
