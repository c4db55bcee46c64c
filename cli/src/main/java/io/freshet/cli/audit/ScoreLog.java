package io.freshet.cli.audit;

import io.freshet.cli.stream.StreamListener;
import io.freshet.evaluator.scorer.Batch;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.Pair;
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
    private final Map<String, Map<Place, List<Entry>>> entries = new HashMap<>();
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
        entries.computeIfAbsent(checkpoint, key -> new HashMap<>())
                .computeIfAbsent(Place.of(score), key -> new ArrayList<>())
                .add(new Entry(score, position));
        String batch = score.getBatch();
        Integer at = score.getBatchPosition();
        if (batch != null && at != null) {
            batches.computeIfAbsent(checkpoint, key -> new HashMap<>())
                    .computeIfAbsent(batch, key -> new TreeMap<>())
                    .put(at, Place.of(score));
        }
    }

    /** Returns the first score of a checkpoint on an example. */
    Optional<Entry> first(String checkpoint, Place place) {
        return all(checkpoint, place).stream().findFirst();
    }

    /**
     * Returns the score that a pair was made of: the first, unless another one says exactly what the pair says. That is so where
     * a checkpoint came on trial again after the gate had let go of its scores.
     */
    Optional<ExampleScore> counted(String checkpoint, Pair pair, Seat.Role role) {
        List<Entry> all = all(checkpoint, Place.of(pair));
        Seat said = Seat.of(pair, role);
        return all.stream()
                .map(Entry::score)
                .filter(score -> Seat.of(score, role).distance(said) == 0)
                .findFirst()
                .or(() -> all.stream().map(Entry::score).findFirst());
    }

    private List<Entry> all(String checkpoint, Place place) {
        return entries.getOrDefault(checkpoint, Map.of()).getOrDefault(place, List.of());
    }

    /** Returns the places that a checkpoint was scored on. */
    Set<Place> places(String checkpoint) {
        return Set.copyOf(entries.getOrDefault(checkpoint, Map.of()).keySet());
    }

    /** Returns the batch in which a score was made, if all of it is still there. */
    Optional<Batch> batch(ExampleScore score) {
        return Optional.ofNullable(score.getBatch())
                .flatMap(name -> whole(
                        name,
                        batches.getOrDefault(score.getCheckpoint(), Map.of())
                                .getOrDefault(name, Collections.emptySortedMap())));
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
