package io.freshet.model.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Files that can be written again byte for byte, even after their directory is gone: they are mapped into memory, from
 * where the system drops and reads pages as it needs. They must not be cut short meanwhile. Safe for several threads.
 */
public final class KeptFiles {

    private static final long PART = 1L << 30;

    private final Map<String, List<ByteBuffer>> files = new TreeMap<>();

    /** Keeps files of a directory, of which those are left out that are not there. */
    public static KeptFiles of(Path directory, Iterable<String> names) throws IOException {
        KeptFiles kept = new KeptFiles();
        for (String name : names) {
            Path file = directory.resolve(name);
            if (Files.isRegularFile(file)) {
                kept.files.put(name, map(file));
            }
        }
        return kept;
    }

    private static List<ByteBuffer> map(Path file) throws IOException {
        List<ByteBuffer> parts = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long at = 0; at < channel.size(); at += PART) {
                parts.add(channel.map(FileChannel.MapMode.READ_ONLY, at, Math.min(PART, channel.size() - at)));
            }
        }
        return parts;
    }

    /** Writes all files into a directory that exists. */
    public void write(Path directory) throws IOException {
        for (var file : files.entrySet()) {
            DurableFile.write(directory.resolve(file.getKey()), channel -> {
                for (ByteBuffer part : file.getValue()) {
                    ByteBuffer bytes = part.duplicate();
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                }
            });
        }
    }
}
