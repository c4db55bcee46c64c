package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.model.EncodedText;
import io.freshet.model.TextInput;
import io.freshet.trainer.learn.ReplayFile.LabelSeen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayFileTest {

    @TempDir
    Path directory = Path.of("");

    private static Learnable example(String id, TextInput input, double weight) {
        return new Learnable(
                id, input, "label of " + id, weight, () -> input.text().length());
    }

    private static final List<Kept> EXAMPLES = List.of(
            new Kept(example("1", TextInput.of("plain"), 1), 7, new float[] {0.1f, Float.MIN_VALUE, -1e30f}),
            new Kept(
                    example("2", new TextInput("two\nlines, \"quoted\", ü, 😀", "and a pair"), 0.1 + 0.2),
                    0,
                    new float[0]),
            new Kept(example("3", TextInput.of("\uD83D"), 0), 1_000, new float[0]),
            new Kept(new Learnable("4", TextInput.of("of no label"), null, 1, () -> 11), 3, new float[0]));

    private static final List<LabelSeen> LABELS =
            List.of(new LabelSeen("ü", 900, true), new LabelSeen("label of 1", 100, false));

    private ReplayFile read(Function<TextInput, EncodedText> tokenizer) throws IOException {
        return ReplayFile.read(directory.resolve(ReplayFile.NAME), tokenizer);
    }

    @Test
    void readsBackWhatItWroteAndEncodesItAgain() throws IOException {
        new ReplayFile(1_000, -5, LABELS, EXAMPLES).write(directory);
        ReplayFile read = read(input -> () -> input.text().length() + 1);
        assertThat(read.seen()).isEqualTo(1_000);
        assertThat(read.generator()).isEqualTo(-5);
        assertThat(read.labels()).isEqualTo(LABELS);
        assertThat(read.kept()).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(read.kept().get(i).at()).isEqualTo(EXAMPLES.get(i).at());
            assertThat(read.kept().get(i).logits()).isEqualTo(EXAMPLES.get(i).logits());
            Learnable was = EXAMPLES.get(i).example();
            Learnable is = read.kept().get(i).example();
            assertThat(is.id()).isEqualTo(was.id());
            assertThat(is.input()).isEqualTo(was.input());
            assertThat(is.label()).isEqualTo(was.label());
            assertThat(is.weight()).isEqualTo(was.weight());
            assertThat(is.encoded().length()).isEqualTo(was.input().text().length() + 1);
        }
    }

    @Test
    void theSameMemoryGivesTheSameBytes() throws IOException {
        new ReplayFile(1_000, -5, LABELS, EXAMPLES).write(directory);
        byte[] first = Files.readAllBytes(directory.resolve(ReplayFile.NAME));
        read(input -> () -> 1).write(directory);
        assertThat(Files.readAllBytes(directory.resolve(ReplayFile.NAME))).isEqualTo(first);
    }

    @Test
    void readsTheFirstFormat() throws IOException {
        Files.writeString(directory.resolve(ReplayFile.NAME), """
                {"format":1,"seen":9,"generator":"00000000000000ff"}
                {"id":"1","text":"plain","textPair":null,"label":"a","weight":0.5}
                """);
        ReplayFile read = read(input -> () -> 1);
        assertThat(read.seen()).isEqualTo(9);
        assertThat(read.generator()).isEqualTo(255);
        assertThat(read.labels()).isEmpty();
        assertThat(read.kept()).hasSize(1);
        assertThat(read.kept().get(0).at()).isZero();
        assertThat(read.kept().get(0).logits()).isEmpty();
        assertThat(read.kept().get(0).example().weight()).isEqualTo(0.5);
    }

    @Test
    void refusesLinesThatSaySomethingElse() throws IOException {
        Files.writeString(
                directory.resolve(ReplayFile.NAME),
                "{\"format\":2,\"seen\":1,\"generator\":\"0000000000000000\"}\n{\"id\":1,\n");
        assertThatThrownBy(() -> read(input -> () -> 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("replay.jsonl is not the memory of a trainer");
    }

    @Test
    void refusesAnotherFormat() throws IOException {
        Files.writeString(
                directory.resolve(ReplayFile.NAME), "{\"format\":9,\"seen\":0,\"generator\":\"0000000000000000\"}\n");
        assertThatThrownBy(() -> read(input -> () -> 1)).hasMessageContaining("format 9");
    }
}
