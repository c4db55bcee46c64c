package io.freshet.model;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Shared data that lies outside of the project; tests that need it skip where it is absent. */
final class Fixtures {

    private Fixtures() {}

    static Path shared(String path) {
        Path file = Path.of(System.getProperty("freshet.shared", "../shared")).resolve(path);
        assumeTrue(Files.exists(file), file + " is absent: shared fixtures are not part of the project");
        return file;
    }
}
