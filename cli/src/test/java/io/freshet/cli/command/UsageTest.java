package io.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class UsageTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bogus",
                "run",
                "run --input x.jsonl --bogus",
                "run --input not-there.jsonl",
                "run --input a.jsonl --shuffle seven",
                "run --input a.jsonl --objective poetry",
                "run --input a.jsonl --objective masked-lm --set objective=causal-lm",
                "produce --input a.jsonl --rate 0",
                "rejected",
                "fetch",
                "fetch champion",
                "pull",
                "pull a/b",
                "pull a/b/c --out x",
                "pull a/../b --out x",
                "pull a/b@.. --out x",
                "pull a/b --out x --endpoint hub.example",
                "trainer",
                "classify",
                "check-parity",
                "merge x",
                "generate",
                "generate --model x",
                "generate --model x --prompt y --top-p 0",
                "generate --model x --prompt y --max-tokens 0",
                "generate --model x --prompt y --temperature hot",
                "demo --examples many",
                "gate --config not-there.properties"
            })
    void exitsWith64OnBadUsage(String arguments) throws IOException {
        Path file = Files.writeString(directory.resolve("a.jsonl"), "{\"text\":\"a\",\"label\":\"b\"}");
        Outcome outcome =
                Outcome.of(arguments.replace("a.jsonl", file.toString()).strip().split(" "));
        assertThat(outcome.code()).isEqualTo(64);
        assertThat(outcome.err()).startsWith("freshet: ");
    }

    @Test
    void namesEveryProblemOfTheSettingsAtOnce() throws IOException {
        Path file = Files.writeString(directory.resolve("a.jsonl"), "{\"text\":\"a\",\"label\":\"b\"}");
        Outcome outcome = Outcome.of(
                "run",
                "--input",
                file.toString(),
                "--set",
                "leaning.rate=3",
                "--set",
                "batch.size=-1",
                "--set",
                "gate.pairs.min=900000",
                "--set",
                "consumer.fetch.min.bytes=1");
        assertThat(outcome.code()).isEqualTo(64);
        assertThat(outcome.err())
                .contains("3 configuration problem(s)")
                .contains("did you mean learning.rate?")
                .contains("batch.size")
                .contains("gate.pairs.min = 900000 is above gate.pairs.max");
    }

    @Test
    void namesEverySettingWithoutAKey() {
        Outcome outcome = Outcome.of("demo", "--set", "novalue", "--set", "=3");
        assertThat(outcome.code()).isEqualTo(64);
        assertThat(outcome.err()).contains("novalue").contains("--set =3");
    }

    @Test
    void refusesADirectoryThatHoldsARunAlready() throws IOException {
        Path file = Files.writeString(directory.resolve("a.jsonl"), "{\"text\":\"a\",\"label\":\"b\"}");
        Files.createDirectories(directory.resolve("data/broker"));
        Outcome outcome = Outcome.of(
                "run",
                "--input",
                file.toString(),
                "--data",
                directory.resolve("data").toString());
        assertThat(outcome.code()).isEqualTo(64);
        assertThat(outcome.err()).contains("holds a run already");
    }

    @Test
    void saysHowToNameAClusterWhereNoneRuns() {
        Outcome outcome = Outcome.of("status", "--data", directory.toString());
        assertThat(outcome.code()).isEqualTo(64);
        assertThat(outcome.err()).contains("--bootstrap-servers").contains("freshet up");
    }

    @Test
    void exitsWith64OnAServiceWhoseFileIsUnusable() throws IOException {
        Path file = Files.writeString(directory.resolve("gate.properties"), "gate.alpha=2\nbootstrap.server=x\n");
        Outcome outcome = Outcome.of("gate", "--config", file.toString());
        assertThat(outcome.code()).isEqualTo(64);
        assertThat(outcome.err())
                .contains("gate.alpha")
                .contains("did you mean bootstrap.servers?")
                .contains("schema.registry.url");
    }

    @Test
    void exitsWith70OnAModelThatCannotBeLoaded() {
        Outcome outcome = Outcome.of("check-parity", directory.toString());
        assertThat(outcome.code()).isEqualTo(70);
        assertThat(outcome.err()).contains(directory.toString());
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void helpsWithEveryCommand(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--help");
        Outcome outcome = Outcome.of(arguments.toArray(String[]::new));
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("Usage: freshet").contains("Exit codes:");
    }

    @Test
    void saysItsVersion() {
        Outcome outcome = Outcome.of("--version");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).matches("(?s)freshet \\d+\\.\\d+\\.\\d+.*Java .*");
    }

    static Stream<List<String>> everyCommand() {
        List<List<String>> commands = new ArrayList<>();
        collect(FreshetCommand.line(), List.of(), commands);
        return commands.stream();
    }

    private static void collect(CommandLine line, List<String> path, List<List<String>> into) {
        into.add(path);
        line.getSubcommands().forEach((name, child) -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            collect(child, longer, into);
        });
    }
}
