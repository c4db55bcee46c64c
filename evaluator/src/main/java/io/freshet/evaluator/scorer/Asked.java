package io.freshet.evaluator.scorer;

import io.freshet.schemas.ModelFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the open comparisons ask of a scorer, as far as the records of trials tell. Immutable.
 *
 * @param models what is to answer, by checkpoint id
 * @param since the checkpoints whose scores the gate keeps, and the offset of the trial's record since which it has without a break
 */
record Asked(Map<String, Model> models, Map<String, Long> since) {

    static final Asked NOTHING = new Asked(Map.of(), Map.of());

    /**
     * One model that is to answer.
     *
     * @param files its files
     * @param first of every open comparison that asks for it, the first held-out offset that counts, by partition
     */
    record Model(List<ModelFile> files, List<List<Long>> first) {

        Model {
            files = List.copyOf(files);
            first = List.copyOf(first);
        }

        private long from(int partition) {
            return first.stream()
                    .mapToLong(offsets -> partition < offsets.size() ? offsets.get(partition) : 0)
                    .min()
                    .orElse(0);
        }
    }

    Asked {
        models = new TreeMap<>(models);
        since = new TreeMap<>(since);
    }

    boolean isNothing() {
        return models.isEmpty();
    }

    /** Returns the checkpoints that are to answer. */
    Set<String> ids() {
        return models.keySet();
    }

    /** Returns the first offset of a partition that counts for a checkpoint in any comparison. */
    long first(String checkpoint, int partition) {
        Model model = models.get(checkpoint);
        return model == null ? 0 : model.from(partition);
    }

    /**
     * Returns the name under which is kept what a checkpoint was scored on: another one once the gate has dropped its scores
     * meanwhile, so that they are given again.
     */
    String key(String checkpoint) {
        return checkpoint + "@" + since.getOrDefault(checkpoint, 0L);
    }

    /** Returns all names that are of use. */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        since.keySet().forEach(checkpoint -> keys.add(key(checkpoint)));
        return keys;
    }

    /** Returns the first offset at or behind its first one that a checkpoint has not been scored on. */
    long next(String checkpoint, int partition, Coverage coverage) {
        return coverage.next(key(checkpoint), first(checkpoint, partition));
    }

    /** Returns where a scorer must go on reading a partition: the first offset that one of the models is not scored on. */
    long next(int partition, Coverage coverage) {
        return ids().stream()
                .mapToLong(id -> next(id, partition, coverage))
                .min()
                .orElseThrow();
    }

    /** Notes that all models whom it concerns have been scored on everything up to {@code end}, exclusive. */
    Coverage scored(int partition, long end, Coverage coverage) {
        Coverage now = coverage;
        for (String id : ids()) {
            long first = first(id, partition);
            if (end > first) {
                now = now.scored(key(id), first, end);
            }
        }
        return now;
    }
}
