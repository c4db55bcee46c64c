package io.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainUsageTest {

    @TempDir
    Path directory;

    @Test
    void namesEveryProblemAtOnce() throws IOException {
        Outcome outcome = Outcome.of(
                "pretrain",
                "--corpus",
                "not-there.txt",
                "--out",
                directory.resolve("model").toString(),
                "--family",
                "gpt2",
                "--objective",
                "guessing",
                "--heads",
                "3",
                "--masked",
                "1",
                "--learning-rate",
                "0",
                "--precision",
                "fp8",
                "--dtype",
                "int8",
                "--threads",
                "-1");
        assertThat(outcome.code()).isEqualTo(64);
        assertThat(outcome.err())
                .contains(
                        "not-there.txt is not a file",
                        "--family gpt2 cannot be pretrained",
                        "'guessing' is not a pretraining objective; there are masked-lm, ",
                        "hidden 128 is not a multiple of heads 3",
                        "a masked share of 1.0 is outside (0, 1)",
                        "a peak rate of 0.0 is outside (0, 1)",
                        "fp8",
                        "'int8' is not one of float32, bfloat16, float16",
                        "--threads -1 is negative",
                        "say either --minutes or --steps");
    }

    @Test
    void wantsDialoguesForResponsesAndSequencesThatFitTheModel() throws IOException {
        Path corpus = Files.writeString(directory.resolve("corpus.txt"), "a\n");
        assertThat(pretrain(corpus, "--steps", "1", "--objective", "masked-lm+responses")
                        .err())
                .contains("--objective masked-lm+responses needs --dialogues");
        assertThat(pretrain(corpus, "--steps", "1", "--sequence-tokens", "256").err())
                .contains("sequences of 256 tokens are longer than the model's 128 positions");
        assertThat(pretrain(corpus, "--steps", "1", "--minutes", "1").err())
                .contains("say either --minutes or --steps");
        assertThat(pretrain(corpus, "--steps", "1", "--resume").err()).contains("holds no unfinished run");
    }

    @Test
    void pretrainsWithinABudgetAndSaysWhereTheModelIs() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            lines.add("the cat number %d sat on the mat".formatted(i % 10));
        }
        Path corpus = Files.write(directory.resolve("corpus.txt"), lines);
        Outcome outcome = pretrain(
                corpus,
                "--steps",
                "3",
                "--hidden",
                "16",
                "--heads",
                "2",
                "--sequence-tokens",
                "16",
                "--batch-tokens",
                "64",
                "--vocab-size",
                "2100",
                "--threads",
                "1");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("tokens/s", "held out", "written after 3 steps");
        assertThat(directory.resolve("model")).isDirectoryContaining("glob:**/model.safetensors");
        Outcome again = pretrain(corpus, "--steps", "3", "--sequence-tokens", "16");
        assertThat(again.code()).isEqualTo(70);
        assertThat(again.err()).contains("holds a model already; name another directory");
    }

    private Outcome pretrain(Path corpus, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "pretrain",
                "--corpus",
                corpus.toString(),
                "--out",
                directory.resolve("model").toString()));
        arguments.addAll(List.of(more));
        return Outcome.of(arguments.toArray(String[]::new));
    }
}
