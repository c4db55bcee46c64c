package io.freshet.bench.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Python that runs {@code pytorch_step.py}: one line of JSON asks, one answers. */
final class PythonProcess implements AutoCloseable {

    private static final String SCRIPT = "pytorch_step.py";
    private static final int SHOWN_LINES = 20;

    private final ObjectMapper json = new ObjectMapper();
    private final Path errors;
    private final Process process;
    private final BufferedWriter asks;
    private final BufferedReader answers;

    /**
     * Starts it.
     *
     * @param python a python3 with torch and transformers
     * @param scratch where its files go
     * @param threads threads of one operation
     */
    PythonProcess(Path python, Path scratch, int threads) throws IOException {
        Path script = scratch.resolve(SCRIPT);
        try (InputStream in = PythonProcess.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IOException(SCRIPT + " is missing from the jar; build it again");
            }
            Files.copy(in, script);
        }
        errors = scratch.resolve("python-errors.txt");
        ProcessBuilder builder =
                new ProcessBuilder(python.toString(), script.toString()).redirectError(errors.toFile());
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
        builder.environment().put("HF_HUB_OFFLINE", "1");
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException("--python %s cannot be run: %s".formatted(python, e.getMessage()), e);
        }
        asks = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    ObjectNode question(String what, String name) {
        return json.createObjectNode().put("do", what).put("name", name);
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws IOException if Python ended instead, with the end of what it said
     */
    JsonNode ask(ObjectNode question) throws IOException {
        try {
            asks.write(json.writeValueAsString(question));
            asks.newLine();
            asks.flush();
        } catch (IOException e) {
            throw ended(e);
        }
        String line = answers.readLine();
        if (line == null) {
            throw ended(null);
        }
        return json.readTree(line);
    }

    private IOException ended(@org.jspecify.annotations.Nullable IOException cause) throws IOException {
        await();
        List<String> lines = Files.readAllLines(errors, StandardCharsets.UTF_8);
        List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
        return new IOException("Python ended: " + String.join(System.lineSeparator(), last), cause);
    }

    /** Ends Python, by closing its input first. */
    @Override
    public void close() {
        try {
            asks.close();
        } catch (IOException e) {
            process.destroy(); // it reads no more, so it does not end by itself either
        }
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
