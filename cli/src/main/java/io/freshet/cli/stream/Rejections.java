package io.freshet.cli.stream;

import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.RejectionReason;
import io.freshet.schemas.Topic;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells apart what lies in the topic of rejected records: examples, which count among those published; examples that waited
 * too long for their label, which count as expired; labels; and corrections that the trainer would not have. The two topics
 * that tell of a correction are read in any order.
 */
final class Rejections {

    private static final String TRAINER = "trainer";

    private record Place(int partition, long offset) {}

    private final SortedMap<String, Long> examples = new TreeMap<>();
    private final Map<Place, String> inTraining = new HashMap<>();
    private final Set<Place> corrections = new HashSet<>();
    private long expired;
    private long labels;
    private long correctionsRejected;

    void rejected(RejectedExample example) {
        Place place = new Place(example.getPartition(), example.getOffset());
        boolean trainer = example.getRejectedBy().equals(TRAINER);
        if (Topic.LABELS.names(example.getTopic())) {
            labels++;
        } else if (example.getReason().equals(RejectionReason.LABEL_EXPIRED.code())) {
            expired++;
        } else if (trainer && corrections.contains(place)) {
            correctionsRejected++;
        } else {
            examples.merge(example.getReason(), 1L, Long::sum);
            if (trainer) {
                inTraining.put(place, example.getReason());
            }
        }
    }

    /** The record of the train topic at that place is a correction. */
    void correction(int partition, long offset) {
        Place place = new Place(partition, offset);
        corrections.add(place);
        String reason = inTraining.remove(place);
        if (reason != null) {
            examples.computeIfPresent(reason, (code, count) -> count == 1 ? null : Long.valueOf(count - 1));
            correctionsRejected++;
        }
    }

    SortedMap<String, Long> examples() {
        return Collections.unmodifiableSortedMap(examples);
    }

    long inTraining() {
        return inTraining.size();
    }

    long expired() {
        return expired;
    }

    long labels() {
        return labels;
    }

    long corrections() {
        return corrections.size();
    }

    long correctionsRejected() {
        return correctionsRejected;
    }

    /** Returns how many corrections lie before the given offsets, by partition. */
    long correctionsBefore(Map<Integer, Long> ends) {
        return corrections.stream()
                .filter(place -> place.offset() < ends.getOrDefault(place.partition(), 0L))
                .count();
    }
}
