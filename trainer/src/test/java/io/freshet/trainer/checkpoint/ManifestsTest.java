package io.freshet.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schemas.CheckpointFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestsTest {

    private static final CheckpointFile A = new CheckpointFile("a", "0".repeat(64), 1L, "model");
    private static final CheckpointFile B = new CheckpointFile("b", "1".repeat(64), 1L, "trainer");

    @Test
    void anIdNamesTheSequenceAndTheContent() {
        assertThat(Manifests.id(0, List.of(A, B))).matches("genesis-[0-9a-f]{8}");
        assertThat(Manifests.id(12, List.of(A, B))).matches("c000012-[0-9a-f]{8}");
    }

    @Test
    void anIdDependsOnTheFilesAndNotOnTheirOrder() {
        CheckpointFile changed = new CheckpointFile("b", "2".repeat(64), 1L, "trainer");
        assertThat(Manifests.id(1, List.of(A, B))).isEqualTo(Manifests.id(1, List.of(B, A)));
        assertThat(Manifests.id(1, List.of(A, B))).isNotEqualTo(Manifests.id(1, List.of(A, changed)));
    }
}
