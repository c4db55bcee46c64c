package io.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCommandTest {

    @TempDir
    Path directory;

    @Test
    void goesOnWithAPrompt() {
        Outcome outcome = Outcome.of(
                "generate",
                "--model",
                shared("data/weights_stories260k/hf").toString(),
                "--prompt",
                "Once upon a time",
                "--max-tokens",
                "30");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).startsWith("Once upon a time, there was a little girl named Lily. She loved");
    }

    @Test
    void drawsTheSameTextFromTheSameSeed() {
        String stories = shared("data/weights_stories260k/hf").toString();
        assertThat(drawn(stories, "1")).isEqualTo(drawn(stories, "1")).isNotEqualTo(drawn(stories, "2"));
    }

    @Test
    void saysThatADirectoryIsNoModel() {
        Outcome outcome = Outcome.of("generate", "--model", directory.toString(), "--prompt", "a");
        assertThat(outcome.code()).isEqualTo(70);
        assertThat(outcome.err()).contains(directory.toString());
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void saysThatAModelDoesNotWrite() {
        Outcome outcome = Outcome.of(
                "generate", "--model", shared("fixtures/bert-classification").toString(), "--prompt", "a");
        assertThat(outcome.code()).isEqualTo(70);
        assertThat(outcome.err()).contains("causal-lm");
    }

    @Test
    void comparesSeveralDirectoriesAndNamesThoseThatCannotBe() {
        String bert = shared("fixtures/bert-classification").toString();
        String gpt2 = shared("fixtures/gpt2-causal-lm").toString();
        Outcome both = Outcome.of("check-parity", bert, gpt2);
        assertThat(both.code()).as(both.err()).isZero();
        assertThat(both.out())
                .contains("\"" + bert + "\"")
                .contains("\"" + gpt2 + "\"")
                .contains("logitsAfter");
        Outcome one = Outcome.of("check-parity", directory.toString(), bert);
        assertThat(one.code()).isEqualTo(70);
        assertThat(one.err()).contains(directory.toString());
        assertThat(one.out()).contains("\"" + bert + "\"");
    }

    private static String drawn(String model, String seed) {
        Outcome outcome = Outcome.of(
                "generate",
                "--model",
                model,
                "--prompt",
                "One day",
                "--max-tokens",
                "40",
                "--temperature",
                "1",
                "--top-p",
                "0.9",
                "--seed",
                seed);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome.out();
    }

    private static Path shared(String path) {
        Path found = Path.of(System.getProperty("freshet.shared", "../shared")).resolve(path);
        assumeTrue(Files.isDirectory(found), found + " is not here");
        return found;
    }
}
