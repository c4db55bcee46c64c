package io.freshet.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the log goes; {@code log4j2.xml} reads the system properties set here, so they must be set before anything logs.
 * The console is for people: only warnings of Freshet's own appear there.
 */
final class Logs {

    private static final String DIRECTORY = "freshet.log.directory";
    private static final String CONSOLE_LEVEL = "freshet.log.console";

    private Logs() {}

    /** Sends the log into {@code log/} of a data directory, or into the system's temporary directory. */
    static void into(@Nullable Path data) {
        Path directory = data == null
                ? Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "freshet-log-" + ProcessHandle.current().pid())
                : data.resolve("log");
        System.setProperty(DIRECTORY, directory.toAbsolutePath().toString());
    }

    /** Shows what services say on the console, as somebody expects who runs one of them under a supervisor. */
    static void onConsole() {
        System.setProperty(CONSOLE_LEVEL, "INFO");
    }

    /** The file of this process, if there is one by now. */
    static Optional<Path> file() {
        String directory = System.getProperty(DIRECTORY);
        return Optional.ofNullable(directory)
                .map(path -> Path.of(path, "freshet.log"))
                .filter(Files::exists);
    }
}
