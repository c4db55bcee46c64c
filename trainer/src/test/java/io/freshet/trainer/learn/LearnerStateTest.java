package io.freshet.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.model.Objective;
import io.freshet.trainer.drift.DriftWatch;
import io.freshet.trainer.learn.LearnerState.Counts;
import io.freshet.trainer.learn.LearnerState.Judged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnerStateTest {

    private static final LearnerState STATE = new LearnerState(
            Objective.CLASSIFICATION,
            new Counts(120, 60, 3_000, 7),
            List.of("b", "a", "ü \"x\""),
            new Judged(new Prequential.State(3, 1, 0.1 + 0.2, "010"), PrequentialBits.State.EMPTY, List.of(2L, 1L, 0L)),
            null);

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
    void keepsTheBitsOfALanguageModelExactly() throws IOException {
        PrequentialBits.State bits = new PrequentialBits.State(
                2, 7, 0.1 + 0.2, List.of(new PrequentialBits.Text(0.1, 3), new PrequentialBits.Text(1.0 / 3, 4)));
        LearnerState state = new LearnerState(
                Objective.MASKED_LM,
                new Counts(1, 1, 2, 0),
                List.of(),
                new Judged(Prequential.State.EMPTY, bits, List.of()),
                null);
        state.write(directory);
        assertThat(LearnerState.read(directory)).isEqualTo(state);
        assertThat(LearnerState.read(directory).learned()).isEqualTo(Objective.MASKED_LM);
        assertThat(LearnerState.read(directory).judged().bits()).isEqualTo(bits);
    }

    @Test
    void readsTheFirstFormatAsAClassifiers() throws IOException {
        Files.writeString(directory.resolve(LearnerState.NAME), """
                {"format" : 1, "step" : 5, "batches" : 4, "trained" : 60, "rejected" : 0,
                 "prequential" : {"count" : 1, "right" : 1, "lossSum" : 0.5, "window" : "1"}, "labels" : ["a"]}
                """);
        LearnerState state = LearnerState.read(directory);
        assertThat(state.learned()).isEqualTo(Objective.CLASSIFICATION);
        assertThat(state.counts()).isEqualTo(new Counts(5, 4, 60, 0));
        assertThat(state.judged().bits()).isEqualTo(PrequentialBits.State.EMPTY);
        assertThat(state.judged().labelCounts()).isEmpty();
    }

    /** What formats 2 and 3 have in common is read alike; nothing watched the stream of the older. */
    @Test
    void readsTheSecondFormatAsOneOfAStreamThatNothingWatched() throws IOException {
        STATE.write(directory);
        Path file = directory.resolve(LearnerState.NAME);
        String third = Files.readString(file);
        String second = third.replace("\"format\" : 3", "\"format\" : 2").replaceAll(",\\s*\"drift\" : null", "");
        assertThat(second).doesNotContain("drift");
        Files.writeString(file, second);
        assertThat(LearnerState.read(directory).watched()).isEqualTo(DriftWatch.State.EMPTY);
        assertThat(LearnerState.read(directory).counts()).isEqualTo(STATE.counts());
    }

    @Test
    void refusesAnotherFormatNamingTheFile() throws IOException {
        STATE.write(directory);
        Path file = directory.resolve(LearnerState.NAME);
        Files.writeString(file, Files.readString(file).replace("\"format\" : 3", "\"format\" : 4"));
        assertThatThrownBy(() -> LearnerState.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("state.json")
                .hasMessageContaining("format 4");
    }

    @Test
    void refusesAFileThatWasCutShort() throws IOException {
        Files.writeString(directory.resolve(LearnerState.NAME), "{\"format\" : 1, \"step\"");
        assertThatThrownBy(() -> LearnerState.read(directory)).hasMessageContaining("is not the state of a trainer");
    }
}
