package io.freshet.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.OffsetRange;
import java.util.List;

/** What must hold of the manifests of one model, in the order of the topic. */
final class Chain {

    private Chain() {}

    /** Checks that every manifest goes on exactly where the one before it ends, and that counts of examples never shrink. */
    static void assertTiles(List<CheckpointManifest> manifests) {
        CheckpointManifest genesis = manifests.get(0);
        assertThat(genesis.getId()).startsWith("genesis-");
        assertThat(genesis.getPrevious()).isNull();
        assertThat(ends(genesis)).isEqualTo(starts(genesis));
        for (int i = 1; i < manifests.size(); i++) {
            CheckpointManifest before = manifests.get(i - 1);
            CheckpointManifest manifest = manifests.get(i);
            assertThat(manifest.getSequence()).isEqualTo(i);
            assertThat(manifest.getPrevious()).isEqualTo(before.getId());
            assertThat(starts(manifest)).as("beginning of %s", manifest.getId()).isEqualTo(ends(before));
            assertThat(manifest.getTrained()).isGreaterThanOrEqualTo(before.getTrained());
            if (manifest.getRollback() == before.getRollback()) {
                assertThat(manifest.getParent()).isEqualTo(before.getId());
                assertThat(manifest.getUnseen()).isEqualTo(before.getUnseen());
                assertThat(manifest.getStep()).isGreaterThanOrEqualTo(before.getStep());
            }
        }
    }

    static List<Long> starts(CheckpointManifest manifest) {
        return manifest.getRanges().stream().map(OffsetRange::getFrom).toList();
    }

    static List<Long> ends(CheckpointManifest manifest) {
        return manifest.getRanges().stream().map(OffsetRange::getTo).toList();
    }

    static CheckpointManifest last(List<CheckpointManifest> manifests) {
        return manifests.get(manifests.size() - 1);
    }
}
