package io.freshet.cli.run;

import io.freshet.cli.stream.StreamView;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.OffsetRange;
import io.freshet.schemas.Trial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Decides when a run is over: everything ingested, everything learned from, nothing left to be decided. */
final class Completion {

    static final String EXHAUSTED = "examples.exhausted";

    private Completion() {}

    /**
     * Says what a run still waits for.
     *
     * @param publishing whether more records are to come
     * @return one sentence, or empty if the run is over
     */
    static Optional<String> waitingFor(StreamView view, Account account, boolean publishing) {
        if (publishing) {
            return Optional.of("publishing (%d so far)".formatted(account.published()));
        }
        if (!account.ingested()) {
            return Optional.of("ingest: %d of %d published records are accounted for"
                    .formatted(account.ingestedRecords(), account.published()));
        }
        CheckpointManifest newest = view.newestCheckpoint();
        if (newest == null || !covers(view.checkpointedEnds(), view.trainEnds())) {
            return Optional.of("training: %d of %d admitted examples are in a checkpoint"
                    .formatted(account.trained() + account.rejectedInTraining(), account.admitted()));
        }
        return undecided(view, newest);
    }

    /**
     * A trial that has used every held-out example yields to a newer candidate that waits, if it has enough pairs for that;
     * otherwise it stays open, and the candidate behind it waits for ever.
     */
    private static Optional<String> undecided(StreamView view, CheckpointManifest newest) {
        @Nullable Trial open = view.openTrial().orElse(null);
        if (open == null) {
            return view.considered(newest.getId())
                    ? Optional.empty()
                    : Optional.of("the gate: no trial of the newest checkpoint %s yet".formatted(newest.getId()));
        }
        if (view.heldOut() == 0) {
            return Optional.empty(); // no example will ever decide it
        }
        @Nullable Evaluation last = view.newestEvaluation(open.getId()).orElse(null);
        boolean exhausted = last != null
                && last.getReason().equals(EXHAUSTED)
                && covers(ends(last.getRanges()), view.heldOutEnds());
        boolean yields =
                exhausted && last != null && last.getPairs() >= open.getPatience() && !view.considered(newest.getId());
        return exhausted && !yields
                ? Optional.empty()
                : Optional.of("the decision on %s (trial %s, %d pairs)"
                        .formatted(open.getCandidate(), open.getId(), last == null ? 0 : last.getPairs()));
    }

    private static Map<Integer, Long> ends(List<OffsetRange> ranges) {
        Map<Integer, Long> ends = new HashMap<>();
        ranges.forEach(range -> ends.merge(range.getPartition(), range.getTo(), Math::max));
        return ends;
    }

    private static boolean covers(Map<Integer, Long> reached, SortedMap<Integer, Long> wanted) {
        return wanted.entrySet().stream()
                .allMatch(entry -> reached.getOrDefault(entry.getKey(), 0L) >= entry.getValue());
    }
}
