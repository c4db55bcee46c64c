package io.freshet.evaluator.gate;

import io.freshet.core.config.SettingsRule;
import io.freshet.schemas.KeyFiles;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;

/** Reads the public keys of those who may command the gate. */
final class ControlKeys {

    static final SettingsRule RULE = new SettingsRule(Set.of(GateConfig.CONTROL_KEYS), settings -> {
        ControlKeys found = new ControlKeys(settings.list(GateConfig.CONTROL_KEYS));
        return found.problems.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", found.problems));
    });

    private final Map<String, PublicKey> keys = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    private ControlKeys(List<String> entries) {
        entries.forEach(this::add);
    }

    /**
     * Reads the files.
     *
     * @param entries each {@code name:path}
     * @return by name
     * @throws ConfigException naming every malformed entry, repeated name and unusable file at once
     */
    static Map<String, PublicKey> read(List<String> entries) {
        ControlKeys found = new ControlKeys(entries);
        if (!found.problems.isEmpty()) {
            throw new ConfigException(String.join("\n", found.problems));
        }
        return Map.copyOf(found.keys);
    }

    private void add(String entry) {
        int colon = entry.indexOf(':');
        String name = entry.substring(0, Math.max(colon, 0)).strip();
        String path = entry.substring(colon + 1).strip();
        if (name.isEmpty() || path.isEmpty()) {
            problem("\"%s\" is not name:path, such as ann:/etc/freshet/ann.pub.pem".formatted(entry));
            return;
        }
        try {
            if (keys.putIfAbsent(name, KeyFiles.publicKey(Path.of(path))) != null) {
                problem("the name %s is given twice; rename or remove one".formatted(name));
            }
        } catch (NoSuchFileException e) {
            problem("the file of %s, %s, does not exist; make a pair with freshet keys generate".formatted(name, path));
        } catch (IOException | InvalidPathException e) {
            problem("the file of %s, %s, cannot be used: %s".formatted(name, path, e.getMessage()));
        }
    }

    private void problem(String what) {
        problems.add("%s: %s".formatted(GateConfig.CONTROL_KEYS, what));
    }
}
