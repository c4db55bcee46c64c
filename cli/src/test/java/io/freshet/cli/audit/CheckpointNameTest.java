package io.freshet.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointNameTest {

    private static final List<String> KNOWN =
            List.of("genesis-636e31ab", "c000001-57d89895", "c000002-77186534", "c000012-c18ebebe");

    @Test
    void takesAnIdOrAsMuchOfItAsIsEnough() {
        assertThat(resolve("c000002-77186534")).isEqualTo("c000002-77186534");
        assertThat(resolve("gen")).isEqualTo("genesis-636e31ab");
        assertThat(resolve("c000001")).isEqualTo("c000001-57d89895");
    }

    @Test
    void takesWhoReignsByThatName() {
        assertThat(resolve("champion")).isEqualTo("c000002-77186534");
        assertThatThrownBy(() -> CheckpointName.resolve("champion", KNOWN, Optional.empty()))
                .isInstanceOf(UnknownCheckpointException.class)
                .hasMessageContaining("no champion reigns yet");
    }

    @Test
    void namesThoseThatAnAmbiguousBeginningFits() {
        assertThatThrownBy(() -> resolve("c00000"))
                .isInstanceOf(UnknownCheckpointException.class)
                .hasMessageContaining("2 checkpoints begin with 'c00000': c000001-57d89895, c000002-77186534");
    }

    @Test
    void namesTheNearestOfAnUnknownOne() {
        assertThatThrownBy(() -> resolve("c000013"))
                .isInstanceOf(UnknownCheckpointException.class)
                .hasMessageContaining("none of the 4 checkpoints; the nearest: c000012-c18ebebe, c000001-57d89895");
        assertThatThrownBy(() -> CheckpointName.resolve("x", List.of(), Optional.empty()))
                .hasMessageContaining("there is none yet");
    }

    @Test
    void countsTheLettersToChangeForTheBeginningOfAnId() {
        assertThat(CheckpointName.distance("abc", "abcdef")).isZero();
        assertThat(CheckpointName.distance("abx", "abcdef")).isEqualTo(1);
        assertThat(CheckpointName.distance("xyz", "abcdef")).isEqualTo(3);
    }

    private static String resolve(String name) {
        return CheckpointName.resolve(name, KNOWN, Optional.of("c000002-77186534"));
    }
}
