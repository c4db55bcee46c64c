package io.freshet.trainer;

import io.freshet.model.torch.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What is known about the machine and this process, from Linux's {@code /proc} where there is one. */
final class Machine {

    private Machine() {}

    /** Returns the CPU's model name, or the architecture where the model is not known. */
    static String cpu() {
        return value(Path.of("/proc/cpuinfo"), "model name").orElse(System.getProperty("os.arch", "unknown"));
    }

    /** Returns the number of threads that one operation of the engine uses. */
    static int threads() {
        return Torch.threads();
    }

    /** Returns the engine and its version. */
    static String engine() {
        return "PyTorch " + Torch.version();
    }

    /** Returns the resident memory of this process in MiB, or nothing where it is not known. */
    static OptionalLong residentMib() {
        return value(Path.of("/proc/self/status"), "VmRSS")
                .map(text -> text.replaceAll("[^0-9]", ""))
                .filter(digits -> !digits.isEmpty())
                .map(kib -> OptionalLong.of(Long.parseLong(kib) / 1024))
                .orElse(OptionalLong.empty());
    }

    private static Optional<String> value(Path file, String key) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
