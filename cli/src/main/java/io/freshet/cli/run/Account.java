package io.freshet.cli.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    long rejectedInAll() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether ingest has dealt with every published record. */
    boolean ingested() {
        return admitted + heldOut + rejectedByIngest() + duplicates >= published;
    }

    private long rejectedByIngest() {
        return rejectedInAll() - rejectedInTraining;
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

    /** Rejections by reason, for people. */
    static String describe(Map<String, Long> rejected) {
        StringBuilder text = new StringBuilder();
        rejected.forEach((reason, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(reason)
                .append(' ')
                .append(count));
        return text.toString();
    }
}
