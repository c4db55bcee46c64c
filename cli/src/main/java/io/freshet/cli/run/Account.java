package io.freshet.cli.run;

import io.freshet.cli.stream.StreamView;
import io.freshet.schemas.CheckpointManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of every record that was published.
 *
 * @param published records acknowledged by the broker
 * @param rejected records in the topic of rejected ones, by reason code
 * @param duplicates records that ingest dropped as repetitions
 * @param heldOut records in the held-out topic
 * @param admitted records in the train topic
 * @param trained examples that the newest manifest has learned from
 * @param rejectedInTraining records of the train topic that the newest manifest has rejected
 */
public record Account(
        long published,
        SortedMap<String, Long> rejected,
        long duplicates,
        long heldOut,
        long admitted,
        long trained,
        long rejectedInTraining) {

    public Account {
        rejected = new TreeMap<>(rejected);
    }

    /**
     * Adds up what became of what was published.
     *
     * @param published records acknowledged
     * @param duplicates repetitions that ingest dropped
     */
    static Account of(StreamView view, long published, long duplicates) {
        CheckpointManifest newest = view.newestCheckpoint();
        return new Account(
                published,
                view.rejected(),
                duplicates,
                view.heldOut(),
                view.admitted(),
                newest == null ? 0 : newest.getTrained(),
                newest == null ? view.rejectedInTraining() : newest.getRejected());
    }

    long rejectedInAll() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether ingest has dealt with every published record. */
    boolean ingested() {
        return ingestedRecords() >= published;
    }

    /** Records that ingest has dealt with; what the trainer rejected later was admitted first. */
    long ingestedRecords() {
        return admitted + heldOut + rejectedInAll() - rejectedInTraining + duplicates;
    }

    /** Returns the equations that do not hold; empty if every record is accounted for exactly once. */
    List<String> discrepancies() {
        List<String> found = new ArrayList<>();
        long sum = rejectedInAll() + duplicates + heldOut + trained;
        if (published != sum) {
            found.add("published %d, but rejected %d + duplicates %d + held out %d + trained %d = %d"
                    .formatted(published, rejectedInAll(), duplicates, heldOut, trained, sum));
        }
        if (admitted != trained + rejectedInTraining) {
            found.add("admitted for training %d, but trained %d + rejected in training %d = %d"
                    .formatted(admitted, trained, rejectedInTraining, trained + rejectedInTraining));
        }
        return found;
    }
}
