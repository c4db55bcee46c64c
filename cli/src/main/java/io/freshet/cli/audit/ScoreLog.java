package io.freshet.cli.audit;

import io.freshet.cli.stream.StreamListener;
import io.freshet.evaluator.scorer.Batch;
import io.freshet.schemas.ExampleScore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The scores of some checkpoints as they were published. The gate counts the first of a checkpoint on an example; a later one is
 * the same example scored again after a rebalance.
 */
final class ScoreLog implements StreamListener {

    private final Set<String> checkpoints;
    private final Map<String, Map<Place, Entry>> first = new HashMap<>();
    private final Map<String, Map<String, SortedMap<Integer, Place>>> batches = new HashMap<>();
    private long position;

    /**
     * A score, and when it was published.
     *
     * @param position how many scores were published before it
     */
    record Entry(ExampleScore score, long position) {}

    ScoreLog(Set<String> checkpoints) {
        this.checkpoints = Set.copyOf(checkpoints);
    }

    @Override
    public void score(ExampleScore score) {
        position++;
        String checkpoint = score.getCheckpoint();
        if (!checkpoints.contains(checkpoint)) {
            return;
        }
        first.computeIfAbsent(checkpoint, key -> new HashMap<>())
                .putIfAbsent(Place.of(score), new Entry(score, position));
        String batch = score.getBatch();
        Integer at = score.getBatchPosition();
        if (batch != null && at != null) {
            batches.computeIfAbsent(checkpoint, key -> new HashMap<>())
                    .computeIfAbsent(batch, key -> new TreeMap<>())
                    .put(at, Place.of(score));
        }
    }

    /** Returns the score that counts. */
    Optional<Entry> first(String checkpoint, Place place) {
        return Optional.ofNullable(first.getOrDefault(checkpoint, Map.of()).get(place));
    }

    /** Returns the places that a checkpoint was scored on. */
    Set<Place> places(String checkpoint) {
        return Set.copyOf(first.getOrDefault(checkpoint, Map.of()).keySet());
    }

    /** Returns the batch in which the score that counts was made, if all of it is still there. */
    Optional<Batch> batch(String checkpoint, Place place) {
        return first(checkpoint, place)
                .flatMap(entry -> Optional.ofNullable(entry.score().getBatch()))
                .flatMap(name -> whole(
                        name,
                        batches.getOrDefault(checkpoint, Map.of()).getOrDefault(name, Collections.emptySortedMap())));
    }

    /** The name has a digest of the members, so that a batch with a gap, or with forged members, does not pass for whole. */
    private static Optional<Batch> whole(String name, SortedMap<Integer, Place> members) {
        if (members.isEmpty()) {
            return Optional.empty();
        }
        List<Batch.Member> inOrder = new ArrayList<>();
        members.values().forEach(place -> inOrder.add(new Batch.Member(place.partition(), place.offset())));
        Batch batch = new Batch(inOrder);
        return batch.name().equals(name) ? Optional.of(batch) : Optional.empty();
    }
}
