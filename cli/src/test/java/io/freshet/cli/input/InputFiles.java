package io.freshet.cli.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes and reads small input files in tests. */
final class InputFiles {

    static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

    private InputFiles() {}

    static List<InputRecord> read(Path file, @Nullable String split) throws IOException {
        return read(new InputFile(file, split, null, true));
    }

    static List<InputRecord> read(InputFile file) throws IOException {
        try (ExampleSource source = file.open(InstantSource.fixed(NOW))) {
            return source.readAll();
        }
    }

    static Path write(Path directory, String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    static Path writeGzip(Path directory, String name, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return Files.write(directory.resolve(name), bytes.toByteArray());
    }
}
