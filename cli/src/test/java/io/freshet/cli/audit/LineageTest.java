package io.freshet.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.OffsetRange;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LineageTest {

    private final Map<String, CheckpointManifest> manifests = new HashMap<>();

    @BeforeAll
    static void trust() {
        Given.trust();
    }

    @Test
    void addsUpWhatEveryCheckpointOfTheChainCovers() {
        put("genesis", null, List.of(), List.of());
        put("one", "genesis", List.of(new OffsetRange(0, 0L, 100L), new OffsetRange(1, 0L, 90L)), List.of());
        put("two", "one", List.of(new OffsetRange(0, 100L, 200L)), List.of());

        Lineage lineage = Lineage.of(manifests, "two");

        assertThat(lineage.chain()).extracting(CheckpointManifest::getId).containsExactly("two", "one", "genesis");
        assertThat(lineage.trainedOn()).containsExactly(new Span(0, 0, 200), new Span(1, 0, 90));
        assertThat(lineage.unseen()).isEmpty();
        assertThat(lineage.missing()).isEmpty();
        assertThat(lineage.saw(1, 89)).isTrue();
        assertThat(lineage.saw(1, 90)).isFalse();
    }

    @Test
    void leavesOutWhatTheWeightsNeverSawAfterARollback() {
        put("genesis", null, List.of(), List.of());
        put("one", "genesis", List.of(new OffsetRange(0, 0L, 100L)), List.of());
        put("bad", "one", List.of(new OffsetRange(0, 100L, 200L)), List.of());
        // went on from one: what bad had learned, and 50 more that were lost with it, these weights never saw
        put("three", "one", List.of(new OffsetRange(0, 200L, 400L)), List.of(new OffsetRange(0, 100L, 250L)));

        Lineage lineage = Lineage.of(manifests, "three");

        assertThat(lineage.chain()).extracting(CheckpointManifest::getId).containsExactly("three", "one", "genesis");
        assertThat(lineage.trainedOn()).containsExactly(new Span(0, 0, 100), new Span(0, 250, 400));
        assertThat(lineage.unseen()).containsExactly(new Span(0, 100, 250));
        assertThat(Lineage.of(manifests, "bad").trainedOn()).containsExactly(new Span(0, 0, 200));
    }

    @Test
    void saysWhereTheChainBreaksOff() {
        put("two", "one", List.of(new OffsetRange(0, 100L, 200L)), List.of());

        assertThat(Lineage.of(manifests, "two").missing()).contains("one");
    }

    private void put(String id, @Nullable String parent, List<OffsetRange> ranges, List<OffsetRange> unseen) {
        manifests.put(
                id,
                CheckpointManifest.newBuilder()
                        .setId(id)
                        .setSequence(manifests.size())
                        .setParent(parent)
                        .setStep(0)
                        .setTrained(0)
                        .setRejected(0)
                        .setRanges(ranges)
                        .setUnseen(unseen)
                        .setCuts(List.of())
                        .setSeed(0)
                        .setConfigHash("")
                        .setThreads(1)
                        .setCpu("")
                        .setEngine("")
                        .setLabels(0)
                        .setStore("file:///none")
                        .setFiles(List.of())
                        .setTime(Instant.EPOCH)
                        .build());
    }
}
