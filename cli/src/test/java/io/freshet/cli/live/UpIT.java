package io.freshet.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.cli.command.FreshetCommand;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A stack in a process of its own, and the commands that people work with on it. */
@Timeout(400)
class UpIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private final List<String> said = new ArrayList<>();

    @Test
    void peopleProduceWatchAskFetchPauseAndReplay() throws Exception {
        Path input = Files.write(directory.resolve("tiny.jsonl"), lines(TinyStream.examples("up", 400, 0, 3, 21)));
        Path out = directory.resolve("champion");
        Process up = start(TinyStream.model(directory));
        try {
            await("the stack", () -> command("status"), text -> text.contains("champion    1: genesis-"));
            assertThat(ok("produce", "--input", input.toString())).contains("published 401 records");
            await("a promotion", () -> command("status"), text -> text.contains("(promotion)"));
            assertThat(ok("rejected", "list")).contains("record.not.avro").contains("1 rejected");
            assertThat(ok("classify", "--text", "the apple please")).startsWith("apple\t");
            assertThat(ok("fetch", "champion", "--out", out.toString())).contains("written to");
            assertThat(ok("classify", "--text", "my river", "--model", out.toString()))
                    .startsWith("river\t");
            assertThat(ok("rejected", "replay", "--reason", "record.not.avro")).contains("1 sent again");
            await("the second rejection", () -> command("rejected", "list"), text -> text.contains("2 rejected"));
            pausesAndResumes();
        } finally {
            up.destroy(); // SIGTERM, as a supervisor sends it
            assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(directory.resolve("data/addresses.properties")).doesNotExist();
        assertThat(command("status")).contains("no cluster");
    }

    /** While the trainer pauses examples are admitted but not learned from. */
    private void pausesAndResumes() throws IOException {
        ok("trainer", "pause", "--reason", "test");
        String before = trained(command("status"));
        Path more = Files.write(directory.resolve("more.jsonl"), lines(TinyStream.examples("more", 60, 0, 3, 22)));
        ok("produce", "--input", more.toString());
        await("the new examples to be admitted", () -> command("status"), text -> examples(text) >= 400 + 60);
        assertThat(trained(command("status"))).isEqualTo(before);
        ok("trainer", "resume");
        await(
                "training to go on",
                () -> command("status"),
                text -> !trained(text).equals(before));
    }

    private Process start(Path model) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.freshet.cli.Freshet",
                "up",
                "--services",
                "--data",
                directory.resolve("data").toString(),
                "--model",
                model.toString()));
        TinyStream.settings().forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("up.log").toFile())
                .start();
    }

    private String ok(String... arguments) {
        String text = command(arguments);
        assertThat(said).as(text).last().isEqualTo("0");
        return text;
    }

    /** Executes a command in this JVM on the stack of this test; its exit code is remembered. */
    private String command(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", directory.resolve("data").toString()));
        StringWriter text = new StringWriter();
        CommandLine line = FreshetCommand.line();
        line.setOut(new PrintWriter(text));
        line.setErr(new PrintWriter(text));
        said.add(Integer.toString(line.execute(all.toArray(String[]::new))));
        return text.toString();
    }

    private void await(String what, Supplier<String> command, Predicate<String> condition) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String text = command.get();
        while (!condition.test(text)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("%s did not come; last was:%n%s%nthe stack said:%n%s"
                        .formatted(what, text, Files.readString(directory.resolve("up.log"))));
            }
            text = command.get();
        }
    }

    private static String trained(String status) {
        return status.lines()
                .filter(line -> line.startsWith("training"))
                .map(line -> line.replaceAll(", prequential.*", ""))
                .findFirst()
                .orElse("");
    }

    private static long examples(String status) {
        return status.lines()
                .filter(line -> line.startsWith("examples"))
                .mapToLong(line -> {
                    String[] words = line.replace(",", "").split("\\s+", -1);
                    return Long.parseLong(words[2]) + Long.parseLong(words[5]);
                })
                .findFirst()
                .orElse(0);
    }

    private static List<String> lines(List<LabeledExample> examples) {
        ObjectMapper mapper = new ObjectMapper();
        List<String> lines = new ArrayList<>();
        for (LabeledExample example : examples) {
            lines.add(mapper.createObjectNode()
                    .put("id", example.getId())
                    .put("text", ((TextInput) example.getInput()).getText())
                    .put("label", example.getLabel())
                    .toString());
        }
        if (examples.size() > 100) {
            lines.add("not an example");
        }
        return lines;
    }
}
