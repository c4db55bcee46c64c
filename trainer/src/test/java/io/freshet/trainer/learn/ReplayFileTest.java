package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.model.TextInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayFileTest {

    @TempDir
    Path directory = Path.of("");

    private static Learnable example(String id, TextInput input, double weight) {
        return new Learnable(
                id, input, "label of " + id, weight, () -> input.text().length());
    }

    private static final List<Learnable> EXAMPLES = List.of(
            example("1", TextInput.of("plain"), 1),
            example("2", new TextInput("two\nlines, \"quoted\", ü, 😀", "and a pair"), 0.1 + 0.2),
            example("3", TextInput.of("\uD83D"), 0),
            new Learnable("4", TextInput.of("of no label"), null, 1, () -> 11));

    @Test
    void readsBackWhatItWroteAndEncodesItAgain() throws IOException {
        new ReplayFile(1_000, -5, EXAMPLES).write(directory);
        ReplayFile read = ReplayFile.read(directory, input -> () -> input.text().length() + 1);
        assertThat(read.seen()).isEqualTo(1_000);
        assertThat(read.generator()).isEqualTo(-5);
        assertThat(read.examples()).hasSize(4);
        for (int i = 0; i < 4; i++) {
            Learnable was = EXAMPLES.get(i);
            Learnable is = read.examples().get(i);
            assertThat(is.id()).isEqualTo(was.id());
            assertThat(is.input()).isEqualTo(was.input());
            assertThat(is.label()).isEqualTo(was.label());
            assertThat(is.weight()).isEqualTo(was.weight());
            assertThat(is.encoded().length()).isEqualTo(was.input().text().length() + 1);
        }
    }

    @Test
    void theSameMemoryGivesTheSameBytes() throws IOException {
        new ReplayFile(1_000, -5, EXAMPLES).write(directory);
        byte[] first = Files.readAllBytes(directory.resolve(ReplayFile.NAME));
        ReplayFile.read(directory, input -> () -> 1).write(directory);
        assertThat(Files.readAllBytes(directory.resolve(ReplayFile.NAME))).isEqualTo(first);
    }

    @Test
    void refusesAnotherFormat() throws IOException {
        Files.writeString(
                directory.resolve(ReplayFile.NAME), "{\"format\":9,\"seen\":0,\"generator\":\"0000000000000000\"}\n");
        assertThatThrownBy(() -> ReplayFile.read(directory, input -> () -> 1)).hasMessageContaining("format 9");
    }
}
