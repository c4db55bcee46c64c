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
 * @param admitted records in the train topic, corrections apart
 * @param trained examples that the newest manifest has learned from, corrections apart
 * @param rejectedInTraining records of the train topic that the newest manifest has rejected, corrections apart
 * @param waiting examples that wait for their label
 * @param expired examples whose label did not come in time
 * @param corrections examples of the train topic that got another label; they are none of the above
 */
public record Account(
        long published,
        SortedMap<String, Long> rejected,
        long duplicates,
        long heldOut,
        long admitted,
        long trained,
        long rejectedInTraining,
        long waiting,
        long expired,
        long corrections) {

    public Account {
        rejected = new TreeMap<>(rejected);
    }

    /**
     * Adds up what became of what was published.
     *
     * @param published records acknowledged
     * @param duplicates repetitions that ingest dropped
     * @param waiting examples that ingest keeps until their label comes
     */
    static Account of(StreamView view, long published, long duplicates, long waiting) {
        CheckpointManifest newest = view.newestCheckpoint();
        long correctionsTrained = view.correctionsCovered() - view.correctionsRejected();
        return new Account(
                published,
                view.rejected(),
                duplicates,
                view.heldOut(),
                view.admitted(),
                newest == null ? 0 : newest.getTrained() - correctionsTrained,
                newest == null ? view.rejectedInTraining() : newest.getRejected() - view.correctionsRejected(),
                waiting,
                view.expired(),
                view.corrections());
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
        return admitted + heldOut + rejectedInAll() - rejectedInTraining + duplicates + waiting + expired;
    }

    /** Returns the equations that do not hold; empty if every record is accounted for exactly once. */
    List<String> discrepancies() {
        List<String> found = new ArrayList<>();
        long sum = rejectedInAll() + duplicates + heldOut + trained + waiting + expired;
        if (published != sum) {
            found.add("published %d, but rejected %d + duplicates %d + held out %d + trained %d%s = %d"
                    .formatted(published, rejectedInAll(), duplicates, heldOut, trained, delayed(), sum));
        }
        if (admitted != trained + rejectedInTraining) {
            found.add("admitted for training %d, but trained %d + rejected in training %d = %d"
                    .formatted(admitted, trained, rejectedInTraining, trained + rejectedInTraining));
        }
        return found;
    }

    private String delayed() {
        return waiting + expired == 0 ? "" : " + waiting %d + expired %d".formatted(waiting, expired);
    }
}
