package io.freshet.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.cli.command.FreshetCommand;
import io.freshet.cli.stream.Cluster;
import io.freshet.local.LocalStack;
import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.TextInput;
import io.freshet.schemas.Topic;
import io.freshet.schemas.TopicCatalogue;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Strategies compared by processes of their own, on a file and on what a topic recorded. */
@Timeout(300)
class BacktestIT {

    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-03-03T00:00:00Z");

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        CommandLine line = FreshetCommand.line();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    @Test
    void learnsFromWhatATopicRecordedBetweenTwoTimes() throws Exception {
        Path report = directory.resolve("report.json");
        Path plots = directory.resolve("plots");
        try (LocalStack local = LocalStack.start(directory.resolve("stack"))) {
            Cluster cluster = Cluster.local(local.bootstrapServers(), local.registryUrl(), "freshet");
            record(cluster, Topic.TRAIN, TinyStream.examples("sunday", 50, 8, 4, 1), MONDAY.minusSeconds(60));
            record(cluster, Topic.TRAIN, TinyStream.examples("monday", 240, 0, 4, 2), MONDAY);
            record(cluster, Topic.TRAIN, TinyStream.examples("tuesday", 50, 4, 4, 3), TUESDAY);
            record(cluster, Topic.HELD_OUT, TinyStream.examples("kept", 60, 0, 4, 4), MONDAY);
            record(cluster, Topic.HELD_OUT, TinyStream.examples("other", 10, 4, 4, 5), MONDAY);

            int code = execute(
                    "backtest",
                    "--from-topic",
                    "--from=2026-03-02",
                    "--to=2026-03-03T00:00:00Z",
                    "--bootstrap-servers=" + local.bootstrapServers(),
                    "--registry=" + local.registryUrl(),
                    "--model=" + TinyStream.model(directory),
                    "--strategies=naive{batch.size=8;learning.warmup.steps=5},linear-replay",
                    "--seeds=2",
                    "--report=" + report,
                    "--plots=" + plots);

            assertThat(code).as(err.toString()).isZero();
        }
        assertThat(out.toString())
                .contains("240 examples to learn from, 60 to test with")
                .contains("10 tests are left out");
        JsonNode json = new ObjectMapper().readTree(report.toFile());
        assertThat(json.path("complete").asBoolean()).isTrue();
        assertThat(json.path("order").asText()).isEqualTo("file");
        JsonNode naive = json.path("strategies").get(0);
        JsonNode linear = json.path("strategies").get(1);
        assertThat(naive.path("runs")).hasSize(2);
        assertThat(naive.path("accuracyMatrix")).hasSize(10);
        // One of four words decides; 240 examples are plenty for a linear model on words.
        assertThat(linear.path("averageAccuracy").path("mean").asDouble()).isGreaterThan(0.9);
        assertThat(linear.path("memoryBytes").asLong()).isPositive();
        assertThat(naive.path("memoryBytes").asLong()).isZero();
        assertThat(plots.resolve("prequential.png")).exists();
        try (var files = Files.list(plots)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void givesTheSameFiguresForTheSameSeed() throws Exception {
        List<String> lines = new ArrayList<>(List.of("text,label"));
        TinyStream.examples("e", 120, 0, 6, 1)
                .forEach(example -> lines.add(((TextInput) example.getInput()).getText() + "," + example.getLabel()));
        Path input = Files.write(directory.resolve("a.csv"), lines);
        String model = TinyStream.model(directory).toString();
        List<JsonNode> matrices = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Path report = directory.resolve("report-" + i);
            int code = execute(
                    "backtest",
                    "--input=" + input,
                    "--hold-out=0.3",
                    "--groups=3",
                    "--order=by-task",
                    "--strategies=replay",
                    "--model=" + model,
                    "--report=" + report);
            assertThat(code).as(err.toString()).isZero();
            matrices.add(new ObjectMapper()
                    .readTree(report.toFile())
                    .path("strategies")
                    .get(0)
                    .path("accuracyMatrix"));
        }
        assertThat(matrices.get(0)).hasSize(3).isEqualTo(matrices.get(1));
    }

    @Test
    void saysWhyAWorkerFailedAndKeepsTheOthers() throws Exception {
        Path input = Files.writeString(directory.resolve("a.csv"), "text,label\none,a\ntwo,b\nthree,a\nfour,b\n");
        Path empty = Files.createDirectory(directory.resolve("no-model"));

        int code = execute(
                "backtest", "--input=" + input, "--test=" + input, "--strategies=naive,linear", "--model=" + empty);

        assertThat(code).isEqualTo(70);
        assertThat(out.toString()).contains("naive, seed 1 failed").contains("config.json");
        assertThat(out.toString()).contains("linear, seed 1: final accuracy");
    }

    @Test
    void endsAWorkerWhoseParentIsGone() throws Exception {
        Process worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.freshet.cli.Freshet",
                        "backtest-worker",
                        "--job",
                        job().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(worker.inputReader(StandardCharsets.UTF_8).readLine()).startsWith("{\"done\"");
            worker.getOutputStream().close();
            assertThat(worker.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(worker.exitValue()).isEqualTo(1);
        } finally {
            worker.destroyForcibly();
        }
    }

    /** Writes a job that would take hours: a thousand epochs over a model that does not matter. */
    private Path job() throws Exception {
        List<Map<String, String>> texts = new ArrayList<>();
        for (LabeledExample example : TinyStream.examples("e", 400, 0, 6, 1)) {
            texts.add(Map.of("id", "", "text", example.getId() + " river", "label", example.getLabel()));
        }
        Map<String, Object> plan = Map.of(
                "stretches",
                List.of(texts),
                "tests",
                List.of(Map.of("task", "t", "texts", texts)),
                "taskByTask",
                false);
        Path planFile = directory.resolve("plan.json");
        new ObjectMapper().writeValue(planFile.toFile(), plan);
        Map<String, Object> job = Map.of(
                "label",
                "endless",
                "kind",
                "EVERYTHING",
                "seed",
                1,
                "model",
                TinyStream.model(directory).toString(),
                "plan",
                planFile.toString(),
                "settings",
                Map.of("trainer.strategy", "naive", "trainer.threads", "1"),
                "epochs",
                1_000);
        Path file = directory.resolve("job.json");
        new ObjectMapper().writeValue(file.toFile(), job);
        return file;
    }

    private static void record(Cluster cluster, Topic topic, List<LabeledExample> examples, Instant first)
            throws Exception {
        SchemaRegistry registry = cluster.registry();
        try (Admin admin = Admin.create(Map.copyOf(cluster.clientSettings()))) {
            TopicCatalogue.of("freshet", 2).ensure(admin);
        }
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.copyOf(cluster.clientSettings()), new StringSerializer(), new ByteArraySerializer())) {
            String name = topic.of("freshet");
            var serializer = AvroSerde.of(LabeledExample.class, registry).serializer();
            for (int i = 0; i < examples.size(); i++) {
                byte[] value = serializer.serialize(name, examples.get(i));
                producer.send(new ProducerRecord<>(name, i % 2, first.toEpochMilli() + i, "k", value))
                        .get();
            }
        }
    }
}
