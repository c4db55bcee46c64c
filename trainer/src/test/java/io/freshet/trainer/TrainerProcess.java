package io.freshet.trainer;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** A trainer in a JVM of its own, so that it can be killed; its {@code main} runs until its standard input ends. */
final class TrainerProcess implements AutoCloseable {

    private final Process process;
    private final Path output;

    private TrainerProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Runs in the process: trains until standard input ends; exit status 1 where the trainer stopped by itself. */
    public static void main(String[] args) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(args[0]))) {
            properties.load(reader);
        }
        Map<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        try (TrainerService trainer = new TrainerService(TrainerConfig.from(settings))) {
            trainer.start();
            while (System.in.available() == 0 && trainer.failure() == null) {
                LockSupport.parkNanos(20_000_000);
            }
            if (trainer.failure() != null) {
                System.exit(1);
            }
        }
    }

    static TrainerProcess start(Map<String, String> settings, Path directory) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = directory.resolve("trainer.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true"));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), TrainerProcess.class.getName(), file.toString()));
        Path output = Files.createTempFile(directory, "trainer-", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File(output.toString()))
                .start();
        return new TrainerProcess(process, output);
    }

    /** Kills it with SIGKILL, which leaves it no moment to tidy up, and waits for its end. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it in an orderly way and returns its exit status. */
    int stop() throws IOException, InterruptedException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return process.waitFor();
    }

    void assertAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("the trainer ended with %d:\n%s".formatted(process.exitValue(), log()));
        }
    }

    String log() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
