package io.freshet.trainer.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which labels a change has overturned: those of whose predictions since it began at least four were seen and at least
 * three quarters were wrong. A change touches some labels and leaves others; what was learned of these is still right. Of
 * a label that is rightly predicted four times in five, three wrong ones in four are seen with probability 0.03.
 *
 * <p>Looks for them among the latest {@value #KEPT} predictions when a change is seen, and among the next
 * {@value #PROBATION} examples.
 */
final class Contradictions {

    private static final int KEPT = 500;
    private static final long PROBATION = 1_000;
    private static final int FEWEST = 4;
    private static final double MOSTLY = 0.75;

    private final ArrayDeque<Seen> latest;
    private @Nullable Suspicion suspicion;

    /** One prediction. */
    record Seen(
            @JsonProperty("at") long at,
            @JsonProperty("label") String label,
            @JsonProperty("wrong") boolean wrong) {}

    /**
     * Predictions of one label since a change.
     *
     * @param overturned whether they were found to be mostly wrong
     */
    record Tally(
            @JsonProperty("seen") int seen,
            @JsonProperty("wrong") int wrong,
            @JsonProperty("overturned") boolean overturned) {

        static final Tally NONE = new Tally(0, 0, false);

        private Tally and(boolean isWrong) {
            int seenNow = seen + 1;
            int wrongNow = wrong + (isWrong ? 1 : 0);
            return new Tally(seenNow, wrongNow, overturned || (seenNow >= FEWEST && wrongNow >= MOSTLY * seenNow));
        }
    }

    /**
     * A change whose labels are looked for.
     *
     * @param since number of the example with which it began
     * @param until number of the first example that is not looked at
     */
    record Suspicion(
            @JsonProperty("since") long since,
            @JsonProperty("until") long until,
            @JsonProperty("tallies") Map<String, Tally> tallies) {
        Suspicion {
            tallies = new TreeMap<>(tallies);
        }
    }

    /** What a checkpoint keeps. */
    record State(
            @JsonProperty("latest") List<Seen> latest,
            @JsonProperty("suspicion") @Nullable Suspicion suspicion) {

        static final State EMPTY = new State(List.of(), null);

        State {
            latest = List.copyOf(latest);
        }
    }

    Contradictions(State state) {
        this.latest = new ArrayDeque<>(state.latest);
        this.suspicion = state.suspicion;
    }

    /** Takes the next prediction and returns the labels that it shows to be overturned: its own or none. */
    Set<String> observe(long at, String label, boolean wrong) {
        Seen seen = new Seen(at, label, wrong);
        latest.addLast(seen);
        if (latest.size() > KEPT) {
            latest.removeFirst();
        }
        Suspicion open = suspicion;
        if (open == null) {
            return Set.of();
        }
        if (at >= open.until) {
            suspicion = null;
            return Set.of();
        }
        return tally(open, seen) ? Set.of(label) : Set.of();
    }

    /** Told that a change was seen at {@code at}, begun with {@code since}; returns the labels found overturned already. */
    Set<String> suspect(long since, long at) {
        Suspicion open = new Suspicion(since, at + PROBATION, Map.of());
        suspicion = open;
        Set<String> found = new TreeSet<>();
        for (Seen seen : latest) {
            if (seen.at >= since && tally(open, seen)) {
                found.add(seen.label);
            }
        }
        return found;
    }

    /** Returns where the change being looked at began. */
    long since() {
        return suspicion == null ? 0 : suspicion.since;
    }

    private static boolean tally(Suspicion open, Seen seen) {
        Tally before = open.tallies.getOrDefault(seen.label, Tally.NONE);
        Tally now = before.and(seen.wrong);
        open.tallies.put(seen.label, now);
        return now.overturned && !before.overturned;
    }

    State state() {
        Suspicion open = suspicion;
        return new State(
                List.copyOf(latest), open == null ? null : new Suspicion(open.since, open.until, open.tallies));
    }
}
