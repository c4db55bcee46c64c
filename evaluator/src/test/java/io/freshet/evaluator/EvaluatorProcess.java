package io.freshet.evaluator;

import io.freshet.core.lifecycle.Service;
import io.freshet.evaluator.gate.GateConfig;
import io.freshet.evaluator.gate.GateService;
import io.freshet.evaluator.scorer.ScorerConfig;
import io.freshet.evaluator.scorer.ScorerService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A gate or a scorer in a JVM of its own, so that it can be killed. */
final class EvaluatorProcess implements AutoCloseable {

    private final Process process;
    private final Path log;

    private EvaluatorProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Runs until it is killed, its parent is gone, or the service fails. */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        for (String argument : List.of(arguments).subList(1, arguments.length)) {
            int equals = argument.indexOf('=');
            settings.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        try (Service service = arguments[0].equals("gate")
                ? new GateService(GateConfig.from(settings))
                : new ScorerService(ScorerConfig.from(settings))) {
            service.start();
            ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
            while (service.failure() == null && parent.isAlive()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
            if (service.failure() != null) {
                throw new IllegalStateException("the service failed", service.failure());
            }
        }
    }

    static EvaluatorProcess gate(Map<String, String> settings, Path directory) throws IOException {
        return start("gate", settings, directory);
    }

    static EvaluatorProcess scorer(Map<String, String> settings, Path directory) throws IOException {
        return start("scorer", settings, directory);
    }

    private static EvaluatorProcess start(String kind, Map<String, String> settings, Path directory)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true"));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                EvaluatorProcess.class.getName(),
                kind));
        new TreeMap<>(settings).forEach((key, value) -> command.add(key + "=" + value));
        Path log = Files.createTempFile(directory, kind + "-", ".log");
        return new EvaluatorProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    /** Kills it with SIGKILL, which leaves it no moment to tidy up, and waits for its end. */
    void kill() throws InterruptedException {
        assertAlive();
        process.destroyForcibly().waitFor();
    }

    void assertAlive() {
        if (!process.isAlive()) {
            try {
                throw new AssertionError(
                        "the process ended with %d:%n%s".formatted(process.exitValue(), Files.readString(log)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
