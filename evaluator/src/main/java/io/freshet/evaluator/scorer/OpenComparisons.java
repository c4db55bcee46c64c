package io.freshet.evaluator.scorer;

import io.freshet.schemas.ModelFile;
import io.freshet.schemas.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Records of trials, in their order, into what is open now: a candidate's trial, the watch over the last promotion, both, or
 * nothing; and whose scores the gate keeps, which it does for whoever is in an open comparison, and for the champion and the
 * anchor that the last records name.
 */
final class OpenComparisons {

    private final Map<String, Trial> open = new TreeMap<>();
    private final Map<String, Long> since = new TreeMap<>();
    private @Nullable String anchor;

    /** @param offset of the record */
    void take(long offset, Trial trial) {
        if (trial.getState().equals("open")) {
            open.put(trial.getId(), trial);
        } else {
            open.remove(trial.getId());
        }
        boolean watch = trial.getKind().equals("watch");
        if (!watch) {
            anchor = trial.getAnchor();
        }
        Set<String> kept = new TreeSet<>(asked().ids());
        kept.add(championAfter(trial, watch));
        if (anchor != null) {
            kept.add(anchor);
        }
        since.keySet().retainAll(kept);
        kept.forEach(checkpoint -> since.putIfAbsent(checkpoint, offset));
    }

    /** Who reigns as far as one record of a trial tells: the gate keeps scores by the same rule. */
    private static String championAfter(Trial trial, boolean watch) {
        String fall = watch ? "rolled.back" : "promoted";
        return fall.equals(trial.getOutcome()) ? trial.getCandidate() : trial.getChampion();
    }

    Asked asked() {
        Map<String, List<ModelFile>> files = new TreeMap<>();
        Map<String, List<List<Long>>> firsts = new TreeMap<>();
        for (Trial trial : open.values()) {
            files.put(trial.getChampion(), trial.getChampionFiles());
            files.put(trial.getCandidate(), trial.getCandidateFiles());
            String third = trial.getAnchor();
            if (third != null) {
                files.putIfAbsent(third, trial.getAnchorFiles());
            }
            for (String member : members(trial)) {
                firsts.computeIfAbsent(member, id -> new ArrayList<>()).add(trial.getFirstOffsets());
            }
        }
        Map<String, Asked.Model> models = new TreeMap<>();
        files.forEach((id, its) -> models.put(id, new Asked.Model(its, firsts.getOrDefault(id, List.of()))));
        return new Asked(models, since);
    }

    private static Set<String> members(Trial trial) {
        Set<String> members = new TreeSet<>(List.of(trial.getChampion(), trial.getCandidate()));
        if (trial.getAnchor() != null) {
            members.add(trial.getAnchor());
        }
        return members;
    }
}
