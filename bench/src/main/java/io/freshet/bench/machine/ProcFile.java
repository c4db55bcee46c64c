package io.freshet.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Figures of memory that Linux keeps in a text file, one a line, in kB. */
public enum ProcFile {
    /** Of the machine: {@code MemTotal}, {@code MemAvailable} and more. */
    MEMORY("/proc/meminfo"),
    /** Of this process: {@code VmRSS}, what is resident, {@code VmHWM}, the most that was, and more. */
    SELF("/proc/self/status");

    private final Path path;

    ProcFile(String path) {
        this.path = Path.of(path);
    }

    /** Returns whether the system has the file. */
    public boolean exists() {
        return Files.exists(path);
    }

    /** Returns a figure in MiB, or -1 if the system does not keep it. */
    public long megabytes(String key) throws IOException {
        return exists() ? megabytes(key, Files.readAllLines(path)) : -1;
    }

    static long megabytes(String key, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(key + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) / 1024)
                .findFirst()
                .orElse(-1);
    }
}
