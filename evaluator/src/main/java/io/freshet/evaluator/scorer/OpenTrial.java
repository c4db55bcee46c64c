package io.freshet.evaluator.scorer;

import io.freshet.schemas.ModelFile;
import io.freshet.schemas.Trial;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the open trial asks of a scorer: which checkpoints answer, and from which offsets on. */
record OpenTrial(Trial record) {

    /** Returns the model files of both checkpoints, by checkpoint id. */
    Map<String, List<ModelFile>> checkpoints() {
        Map<String, List<ModelFile>> files = new TreeMap<>();
        files.put(record.getChampion(), record.getChampionFiles());
        files.put(record.getCandidate(), record.getCandidateFiles());
        return files;
    }

    Set<String> ids() {
        return checkpoints().keySet();
    }

    /** Returns the first offset of a partition that counts. */
    long first(int partition) {
        List<Long> first = record.getFirstOffsets();
        return partition < first.size() ? first.get(partition) : 0;
    }

    /** Returns where a scorer must go on reading a partition: the first offset that one of the two is not scored on. */
    long next(int partition, Coverage coverage) {
        return ids().stream()
                .mapToLong(id -> coverage.next(id, first(partition)))
                .min()
                .orElseThrow();
    }
}
