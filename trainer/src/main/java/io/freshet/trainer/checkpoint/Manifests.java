package io.freshet.trainer.checkpoint;

import io.freshet.schemas.CheckpointFile;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.OffsetRange;
import io.freshet.trainer.learn.LearnerSnapshot;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the manifests of one trainer. */
public final class Manifests {

    private final Provenance provenance;
    private final URI store;

    public Manifests(Provenance provenance, URI store) {
        this.provenance = provenance;
        this.store = store;
    }

    /** Returns the manifest of the starting model. */
    public CheckpointManifest genesis(
            LearnerSnapshot snapshot, Segment segment, List<CheckpointFile> files, Instant now) {
        return make(null, snapshot, segment, files, now);
    }

    /** Returns the manifest that comes next. */
    public CheckpointManifest next(
            Lineage lineage, LearnerSnapshot snapshot, Segment segment, List<CheckpointFile> files, Instant now) {
        return make(lineage, snapshot, segment, files, now);
    }

    private CheckpointManifest make(
            @Nullable Lineage lineage,
            LearnerSnapshot snapshot,
            Segment segment,
            List<CheckpointFile> files,
            Instant now) {
        long sequence = lineage == null ? 0 : lineage.previous().getSequence() + 1;
        CheckpointManifest.Builder manifest = CheckpointManifest.newBuilder()
                .setId(id(sequence, files))
                .setSequence(sequence)
                .setStep(snapshot.step())
                .setTrained(snapshot.trained())
                .setRejected(snapshot.rejected())
                .setRanges(segment.ranges())
                .setUnseen(List.of())
                .setCuts(segment.cuts())
                .setSeed(provenance.seed())
                .setConfigHash(provenance.configHash())
                .setThreads(provenance.threads())
                .setCpu(provenance.cpu())
                .setEngine(provenance.engine())
                .setLabels(snapshot.labels())
                .setObjective(snapshot.objective().key())
                .setStore(store.toString())
                .setFiles(files)
                .setAlarms(segment.alarms())
                .setTime(now);
        if (lineage != null) {
            manifest.setPrevious(lineage.previous().getId())
                    .setParent(lineage.parent().getId())
                    .setTrained(snapshot.trained() + lineage.trainedElsewhere())
                    .setRejected(snapshot.rejected() + lineage.rejectedElsewhere())
                    .setUnseen(lineage.unseen())
                    .setRollback(lineage.rollback());
        }
        return manifest.build();
    }

    /** Returns "genesis-" or the sequence, and 8 digits of the hash over paths and hashes of all files. */
    static String id(long sequence, List<CheckpointFile> files) {
        String content = files.stream()
                .sorted(Comparator.comparing(CheckpointFile::getPath))
                .map(file -> file.getPath() + " " + file.getSha256() + "\n")
                .collect(Collectors.joining());
        String hash = Sha256.of(content).substring(0, 8);
        return sequence == 0 ? "genesis-" + hash : "c%06d-%s".formatted(sequence, hash);
    }

    /** Returns the end offset of a partition in the newest manifest, or nothing if it does not know the partition. */
    public static OptionalLong end(CheckpointManifest manifest, int partition) {
        return manifest.getRanges().stream()
                .filter(range -> range.getPartition() == partition)
                .mapToLong(OffsetRange::getTo)
                .findFirst();
    }
}
