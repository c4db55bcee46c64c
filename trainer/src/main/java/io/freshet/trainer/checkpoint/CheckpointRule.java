package io.freshet.trainer.checkpoint;

import java.time.Duration;

/**
 * When a checkpoint is due.
 *
 * @param everyRecords after so many records learned from or rejected, at least 1
 * @param every after so long, if anything is new
 * @param idle when nothing was learned for so long, if anything is new
 */
public record CheckpointRule(long everyRecords, Duration every, Duration idle) {
    public CheckpointRule {
        if (everyRecords < 1) {
            throw new IllegalArgumentException("everyRecords %d is below 1".formatted(everyRecords));
        }
        if (every.isNegative() || every.isZero() || idle.isNegative() || idle.isZero()) {
            throw new IllegalArgumentException("every %s and idle %s must be positive".formatted(every, idle));
        }
    }

    /**
     * Returns whether a checkpoint is due.
     *
     * @param records records covered since the last checkpoint
     * @param sinceCheckpoint time since the last checkpoint
     * @param sinceBatch time since the last micro-batch
     * @param moved whether any offset was passed since the last checkpoint; gaps count
     */
    public boolean due(long records, Duration sinceCheckpoint, Duration sinceBatch, boolean moved) {
        return records >= everyRecords
                || (records > 0 && sinceCheckpoint.compareTo(every) >= 0)
                || (moved && sinceBatch.compareTo(idle) >= 0);
    }
}
