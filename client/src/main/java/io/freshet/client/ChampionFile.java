package io.freshet.client;

import io.freshet.core.store.StoredFile;
import java.nio.file.Path;

/**
 * One file of a champion's directory.
 *
 * @param path where it lies inside the directory: relative, separated by slashes, never leading out of it
 * @param stored its hash and size
 */
record ChampionFile(String path, StoredFile stored) {

    ChampionFile {
        Path parsed = Path.of(path);
        boolean inside = !path.isBlank()
                && !parsed.isAbsolute()
                && path.indexOf('\\') < 0
                && parsed.normalize().toString().equals(path)
                && !parsed.startsWith("..");
        if (!inside) {
            throw new IllegalArgumentException(
                    "file path '%s' does not stay inside the model's directory; expected one such as config.json"
                            .formatted(path));
        }
    }
}
