package io.freshet.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where figures were measured.
 *
 * @param cpu its name
 * @param cores as many as the process may use
 * @param memoryMegabytes of the machine
 * @param load processes that wanted a core, mean of the minute before the measurement; above the number of cores, others
 *     took some of the time
 * @param system operating system
 * @param java version of the JVM
 */
public record Machine(String cpu, int cores, long memoryMegabytes, double load, String system, String java) {

    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final Path LOAD = Path.of("/proc/loadavg");

    /** Reads what the system says; what it does not say is "unknown" or -1. */
    public static Machine here() throws IOException {
        return new Machine(
                field(CPU, "model name", "unknown"),
                Runtime.getRuntime().availableProcessors(),
                ProcFile.MEMORY.megabytes("MemTotal"),
                Files.exists(LOAD) ? Double.parseDouble(Files.readString(LOAD).split(" ", 2)[0]) : -1,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Runtime.version().toString());
    }

    private static String field(Path file, String key, String otherwise) throws IOException {
        if (!Files.exists(file)) {
            return otherwise;
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(otherwise);
    }
}
