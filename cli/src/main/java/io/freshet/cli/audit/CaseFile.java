package io.freshet.cli.audit;

import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.ModelFile;
import io.freshet.schemas.Pair;
import io.freshet.schemas.SplitSettings;
import io.freshet.schemas.Trial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything recorded about the decision on one candidate.
 *
 * @param opened the trial as it opened
 * @param closed the same trial as it closed
 * @param evaluation where it stood at the end
 * @param pairs as they were recorded
 * @param scores of the models compared
 * @param trialsBefore every record on trials before this one opened
 * @param champions changes of the champion, as far as the topic still has them
 * @param manifests by checkpoint id
 * @param split how examples are held out; empty where that was not recorded
 * @param heldOut examples of the pairs and of the batches they were scored in, as far as the topic still has them
 */
record CaseFile(
        Trial opened,
        Trial closed,
        Evaluation evaluation,
        List<Pair> pairs,
        ScoreLog scores,
        List<Trial> trialsBefore,
        List<ChampionUpdate> champions,
        Map<String, CheckpointManifest> manifests,
        Optional<SplitSettings> split,
        Map<Place, LabeledExample> heldOut) {

    CaseFile {
        pairs = List.copyOf(pairs);
        trialsBefore = List.copyOf(trialsBefore);
        champions = List.copyOf(champions);
        manifests = Map.copyOf(manifests);
        heldOut = Map.copyOf(heldOut);
    }

    /** Returns the model files of the checkpoints that were compared, by id: champion, candidate, and the anchor if it is a third. */
    Map<String, List<ModelFile>> models() {
        Map<String, List<ModelFile>> models = new LinkedHashMap<>();
        models.put(opened.getChampion(), opened.getChampionFiles());
        models.put(opened.getCandidate(), opened.getCandidateFiles());
        if (opened.getAnchor() != null) {
            models.putIfAbsent(opened.getAnchor(), opened.getAnchorFiles());
        }
        return models;
    }

    Set<String> checkpoints() {
        return models().keySet();
    }

    CaseFile with(ScoreLog otherScores, Map<Place, LabeledExample> examples) {
        return new CaseFile(
                opened, closed, evaluation, pairs, otherScores, trialsBefore, champions, manifests, split, examples);
    }

    CaseFile withPairs(List<Pair> others) {
        return new CaseFile(
                opened, closed, evaluation, others, scores, trialsBefore, champions, manifests, split, heldOut);
    }
}
