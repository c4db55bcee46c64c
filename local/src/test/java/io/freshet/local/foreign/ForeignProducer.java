package io.freshet.local.foreign;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of the directory {@code examples} that publishes examples without any code of this project.
 *
 * @param name for messages
 * @param command what runs it, without its options
 * @param check a command that fails where a package is missing
 * @param remedy what to install then
 */
public record ForeignProducer(String name, List<String> command, List<String> check, String remedy) {

    private static final Path ROOT = Path.of(System.getProperty("freshet.root"));
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Debian's Python, since that is what Debian's packages are for. */
    public static ForeignProducer python() {
        String python = "/usr/bin/python3";
        return new ForeignProducer(
                "examples/python/produce.py",
                List.of(python, ROOT.resolve("examples/python/produce.py").toString()),
                List.of(python, "-c", "import confluent_kafka, confluent_kafka.schema_registry, avro.io"),
                "apt-get install python3-confluent-kafka python3-avro python3-requests");
    }

    public static ForeignProducer node() {
        Path directory = ROOT.resolve("examples/node");
        String modules = "for (const m of ['kafkajs', '@kafkajs/confluent-schema-registry']) require.resolve(m,"
                + " { paths: [process.argv[1]] })";
        return new ForeignProducer(
                "examples/node/produce.js",
                List.of("node", directory.resolve("produce.js").toString()),
                List.of("node", "-e", modules, directory.toString()),
                "apt-get install nodejs npm && (cd examples/node && npm ci --ignore-scripts)");
    }

    /**
     * Publishes and returns when the program has ended well.
     *
     * @param what {@code --input FILE} or {@code --generate N}
     * @throws AssertionError naming the missing package, or with the program's output where it failed
     */
    public void publish(String bootstrapServers, String registryUrl, String topic, String... what) {
        ProgramRun installed = ProgramRun.of(check, ROOT, PATIENCE);
        if (installed.status() != 0) {
            throw new AssertionError("%s lacks what it needs; %s%n%s".formatted(name, remedy, installed.output()));
        }
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--bootstrap", bootstrapServers, "--registry", registryUrl, "--topic", topic));
        arguments.addAll(List.of(what));
        ProgramRun run = ProgramRun.of(arguments, ROOT, PATIENCE);
        if (run.status() != 0) {
            throw new AssertionError("%s ended with status %d:%n%s".formatted(name, run.status(), run.output()));
        }
    }
}
