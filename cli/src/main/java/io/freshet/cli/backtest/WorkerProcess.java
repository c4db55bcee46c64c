package io.freshet.cli.backtest;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A worker as seen from the process that starts it: this JVM's program, options and class path, with another command. */
final class WorkerProcess implements AutoCloseable {

    private static final int LINES_OF_ERROR = 12;

    private final Process process;
    private final Path errors;

    /** A worker that ended without a result; the message has what it said last. */
    static final class FailedException extends Exception {
        FailedException(String message) {
            super(message);
        }
    }

    private WorkerProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /**
     * Starts one.
     *
     * @param job file of the job
     * @param errors file that gets what it says to standard error
     * @param threads of the engine
     */
    static WorkerProcess start(Path job, Path errors, int threads) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-javaagent") && !option.startsWith("-agentlib"))
                .forEach(command::add);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "io.freshet.cli.Freshet",
                "backtest-worker",
                "--job",
                job.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(new File(errors.toString()));
        builder.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
        return new WorkerProcess(builder.start(), errors);
    }

    /**
     * Reads what it says until it ends.
     *
     * @throws FailedException if it ended without a result
     */
    Result result(Consumer<Message> listener) throws IOException, FailedException, InterruptedException {
        Result result = null;
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Optional<Message> message = Message.of(line);
                message.ifPresent(listener);
                result = message.map(Message::result).orElse(result);
            }
        }
        int code = process.waitFor();
        return finished(result, code);
    }

    private Result finished(@Nullable Result result, int code) throws IOException, FailedException {
        if (result == null) {
            List<String> said = Files.readAllLines(errors);
            String last = String.join("\n  ", said.subList(Math.max(0, said.size() - LINES_OF_ERROR), said.size()));
            throw new FailedException("its process ended with %d:\n  %s".formatted(code, last));
        }
        return result;
    }

    /** Ends it if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
