package io.freshet.cli.audit;

import io.freshet.cli.stream.StreamListener;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.Decision;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.Trial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the topics say about checkpoints, trials and champions, in the order in which they say it. */
final class Trail implements StreamListener {

    private final Map<String, CheckpointManifest> manifests = new LinkedHashMap<>();
    private final Map<String, Trial> opened = new LinkedHashMap<>();
    private final Map<String, Trial> newest = new LinkedHashMap<>();
    private final List<Trial> trialRecords = new ArrayList<>();
    private final Map<String, Evaluation> evaluations = new LinkedHashMap<>();
    private final List<ChampionUpdate> champions = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();

    @Override
    public void checkpoint(CheckpointManifest manifest) {
        manifests.putIfAbsent(manifest.getId(), manifest);
    }

    @Override
    public void trial(Trial trial) {
        opened.putIfAbsent(trial.getId(), trial);
        newest.put(trial.getId(), trial);
        trialRecords.add(trial);
    }

    @Override
    public void evaluation(Evaluation evaluation) {
        evaluations.put(evaluation.getTrial(), evaluation);
    }

    @Override
    public void champion(ChampionUpdate champion) {
        champions.add(champion);
    }

    @Override
    public void decision(Decision decision) {
        decisions.add(decision);
    }

    Map<String, CheckpointManifest> manifests() {
        return Collections.unmodifiableMap(manifests);
    }

    /** Returns a trial's record of its opening, by trial id. */
    Map<String, Trial> opened() {
        return Collections.unmodifiableMap(opened);
    }

    /** Returns a trial's last record, by trial id, in the order in which trials opened. */
    Map<String, Trial> trials() {
        return Collections.unmodifiableMap(newest);
    }

    /** Returns every record on trials: openings and ends. */
    List<Trial> trialRecords() {
        return Collections.unmodifiableList(trialRecords);
    }

    /** Returns where a trial stood when it was last reported on. */
    Optional<Evaluation> evaluation(String trial) {
        return Optional.ofNullable(evaluations.get(trial));
    }

    /** Returns the changes of the champion that there are records of; the topic is compacted, so early ones may be gone. */
    List<ChampionUpdate> champions() {
        return Collections.unmodifiableList(champions);
    }

    List<Decision> decisions() {
        return Collections.unmodifiableList(decisions);
    }

    Optional<ChampionUpdate> reigning() {
        return champions.isEmpty() ? Optional.empty() : Optional.of(champions.get(champions.size() - 1));
    }
}
