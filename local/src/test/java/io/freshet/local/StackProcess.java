package io.freshet.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A stack in a process of its own, so that it can be killed. */
final class StackProcess implements AutoCloseable {

    private final Process process;
    private final String bootstrapServers;
    private final String registryUrl;

    private StackProcess(Process process, String bootstrapServers, String registryUrl) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
    }

    static StackProcess start(Path directory) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StackProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("READY ")) {
                List<String> words = List.of(line.split(" "));
                return new StackProcess(process, words.get(1), words.get(2));
            }
        }
        throw new AssertionError("the stack ended before it was ready");
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    String registryUrl() {
        return registryUrl;
    }

    /** Ends the process as {@code kill -9} does, whatever it is doing. */
    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the stack ended", e);
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        LocalStack stack = LocalStack.start(Path.of(arguments[0]));
        System.out.println("READY " + stack.bootstrapServers() + " " + stack.registryUrl());
        Thread.currentThread().join();
    }
}
