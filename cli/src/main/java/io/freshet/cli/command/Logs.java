package io.freshet.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the log goes; {@code log4j2.xml} reads the system properties set here, so they must be set before anything logs.
 * The console is for people: only warnings of Freshet's own appear there, unless a service runs alone.
 */
final class Logs {

    private static final String DIRECTORY = "freshet.log.directory";
    private static final String FILE_LEVEL = "freshet.log.file";
    private static final String CONSOLE_LEVEL = "freshet.log.console";
    private static final String FILE = "freshet.log";

    private Logs() {}

    /** Sends the log into {@code log/} of a data directory; null stands for a temporary directory. */
    static void into(@Nullable Path data) {
        Path directory = data == null ? temporary() : data.resolve("log");
        System.setProperty(DIRECTORY, directory.toAbsolutePath().toString());
        System.setProperty(FILE_LEVEL, "INFO");
    }

    /** Writes no log: the command is short, and says itself what goes wrong. */
    static void none() {
        System.clearProperty(DIRECTORY);
        System.setProperty(FILE_LEVEL, "OFF");
    }

    /** Shows on the console what a service says, as somebody expects who runs one under a supervisor; writes no file. */
    static void onConsole() {
        none();
        System.setProperty(CONSOLE_LEVEL, "INFO");
    }

    /** Removes the log of work that went well, if it lies in a temporary directory. */
    static void discardTemporary() throws IOException {
        Path directory = temporary();
        if (directory.toString().equals(System.getProperty(DIRECTORY))) {
            Files.deleteIfExists(directory.resolve(FILE));
            Files.deleteIfExists(directory);
        }
    }

    /** The file of this process, if there is one by now. */
    static Optional<Path> file() {
        return Optional.ofNullable(System.getProperty(DIRECTORY))
                .map(path -> Path.of(path, FILE))
                .filter(Files::exists);
    }

    private static Path temporary() {
        return Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "freshet-log-" + ProcessHandle.current().pid())
                .toAbsolutePath();
    }
}
