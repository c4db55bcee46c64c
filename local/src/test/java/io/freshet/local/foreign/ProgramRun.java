package io.freshet.local.foreign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How a program ended.
 *
 * @param status its exit status; 127 where it could not be started
 * @param output what it wrote to standard output and standard error
 */
public record ProgramRun(int status, String output) {

    private static final int NOT_FOUND = 127;

    /**
     * Runs a program to its end.
     *
     * @throws AssertionError with its output if it takes longer than {@code patience}; it is killed then
     */
    public static ProgramRun of(List<String> command, Path directory, Duration patience) {
        try {
            Path output = Files.createTempFile("program", ".out");
            try {
                return run(command, directory, patience, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProgramRun run(List<String> command, Path directory, Duration patience, Path output)
            throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            return new ProgramRun(NOT_FOUND, String.valueOf(e.getMessage()));
        }
        try {
            boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            String written = Files.readString(output, StandardCharsets.UTF_8);
            if (!ended) {
                throw new AssertionError("%s had not ended after %s:%n%s".formatted(command, patience, written));
            }
            return new ProgramRun(process.exitValue(), written);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while " + command + " ran", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
