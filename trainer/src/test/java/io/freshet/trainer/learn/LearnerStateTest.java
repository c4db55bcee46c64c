package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnerStateTest {

    private static final LearnerState STATE = new LearnerState(
            120, 60, 3_000, 7, new Prequential.State(3, 1, 0.1 + 0.2, "010"), List.of("b", "a", "ü \"x\""));

    @TempDir
    Path directory = Path.of("");

    @Test
    void readsBackExactlyWhatItWrote() throws IOException {
        STATE.write(directory);
        assertThat(LearnerState.read(directory)).isEqualTo(STATE);
    }

    @Test
    void theSameStateGivesTheSameBytes() throws IOException {
        STATE.write(directory);
        byte[] first = Files.readAllBytes(directory.resolve(LearnerState.NAME));
        LearnerState.read(directory).write(directory);
        assertThat(Files.readAllBytes(directory.resolve(LearnerState.NAME))).isEqualTo(first);
    }

    @Test
    void refusesAnotherFormatNamingTheFile() throws IOException {
        STATE.write(directory);
        Path file = directory.resolve(LearnerState.NAME);
        Files.writeString(file, Files.readString(file).replace("\"format\" : 1", "\"format\" : 2"));
        assertThatThrownBy(() -> LearnerState.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("state.json")
                .hasMessageContaining("format 2");
    }

    @Test
    void refusesAFileThatWasCutShort() throws IOException {
        Files.writeString(directory.resolve(LearnerState.NAME), "{\"format\" : 1, \"step\"");
        assertThatThrownBy(() -> LearnerState.read(directory)).hasMessageContaining("is not the state of a trainer");
    }
}
