package io.freshet.trainer.checkpoint;

import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.OffsetRange;
import io.freshet.trainer.learn.Learner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the next manifest follows: one manifest in the offsets, and the same or, after a rollback, another one in the weights.
 *
 * @param previous the newest manifest, at whose end the next begins
 * @param parent the manifest whose weights are learned on
 * @param rollback sequence of the newest rollback that was followed; 0 for none
 * @param trainedElsewhere examples that the chain has learned from and the weights have not, less those counted by both
 * @param rejectedElsewhere the same of the rejected ones
 */
public record Lineage(
        CheckpointManifest previous,
        CheckpointManifest parent,
        long rollback,
        long trainedElsewhere,
        long rejectedElsewhere) {

    /**
     * Goes on in the offsets from {@code previous} and in the weights from {@code parent}.
     *
     * @param learner as {@code parent} left it
     */
    public static Lineage of(CheckpointManifest previous, CheckpointManifest parent, long rollback, Learner learner) {
        return new Lineage(
                previous,
                parent,
                rollback,
                previous.getTrained() - learner.trained(),
                previous.getRejected() - learner.rejected());
    }

    /** Returns what the manifest after {@code newest} follows, which was the next one of this lineage. */
    public Lineage after(CheckpointManifest newest) {
        return new Lineage(newest, newest, rollback, trainedElsewhere, rejectedElsewhere);
    }

    /** Returns what the chain covers and the weights never saw, by partition and offset; ranges that meet are one. */
    List<OffsetRange> unseen() {
        List<OffsetRange> all = new ArrayList<>(parent.getUnseen());
        for (OffsetRange covered : previous.getRanges()) {
            long seen = Manifests.end(parent, covered.getPartition()).orElse(0);
            if (seen < covered.getTo()) {
                all.add(new OffsetRange(covered.getPartition(), seen, covered.getTo()));
            }
        }
        all.sort(Comparator.comparingInt(OffsetRange::getPartition).thenComparingLong(OffsetRange::getFrom));
        List<OffsetRange> merged = new ArrayList<>();
        for (OffsetRange range : all) {
            OffsetRange last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && last.getPartition() == range.getPartition() && last.getTo() == range.getFrom()) {
                merged.set(merged.size() - 1, new OffsetRange(range.getPartition(), last.getFrom(), range.getTo()));
            } else {
                merged.add(range);
            }
        }
        return merged;
    }
}
