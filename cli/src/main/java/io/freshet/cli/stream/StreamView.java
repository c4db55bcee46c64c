package io.freshet.cli.stream;

import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.Decision;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.TrainingMetrics;
import io.freshet.schemas.Trial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that the topics have told of a model so far. Confined to the thread that polls. */
public final class StreamView implements StreamListener {

    private static final String TRIAL = "promotion";

    private final SortedMap<Integer, Long> trainEnds = new TreeMap<>();
    private final SortedMap<Integer, Long> heldOutEnds = new TreeMap<>();
    private final Rejections rejections = new Rejections();
    private final ControlView control = new ControlView();
    private final List<CheckpointManifest> checkpoints = new ArrayList<>();
    private final Map<String, Trial> trials = new LinkedHashMap<>();
    private final List<Evaluation> evaluations = new ArrayList<>();
    private final List<ChampionUpdate> champions = new ArrayList<>();
    private final List<TrainingMetrics> metrics = new ArrayList<>();
    private final TaskAccuracies tasks = new TaskAccuracies();
    private long admitted;
    private long heldOut;
    private long scores;
    private long scoringMicros;

    @Override
    public void admittedForTraining(int partition, long offset) {
        admitted++;
        trainEnds.put(partition, offset + 1);
    }

    @Override
    public void corrected(int partition, long offset) {
        rejections.correction(partition, offset);
        trainEnds.put(partition, offset + 1);
    }

    @Override
    public void heldOut(int partition, long offset) {
        heldOut++;
        heldOutEnds.put(partition, offset + 1);
    }

    @Override
    public void rejected(RejectedExample example) {
        rejections.rejected(example);
    }

    @Override
    public void checkpoint(CheckpointManifest manifest) {
        checkpoints.add(manifest);
    }

    @Override
    public void trial(Trial trial) {
        trials.put(trial.getId(), trial);
    }

    @Override
    public void score(ExampleScore score) {
        scores++;
        scoringMicros += score.getLatencyMicros();
        tasks.add(score);
    }

    @Override
    public void evaluation(Evaluation evaluation) {
        evaluations.add(evaluation);
    }

    @Override
    public void champion(ChampionUpdate champion) {
        champions.add(champion);
        control.champion(champion);
    }

    @Override
    public void decision(Decision decision) {
        control.decision(decision);
    }

    /** Returns the decision by which a candidate that has passed waits, for a person or for the gate to be let go. */
    public Optional<Decision> passed() {
        return control.passed();
    }

    /** Returns what people and the gate have settled beside its trials. */
    ControlView control() {
        return control;
    }

    @Override
    public void metrics(TrainingMetrics step) {
        metrics.add(step);
    }

    /** Examples in the topic of rejected ones, by reason code, but for those that waited too long for their label. */
    public SortedMap<String, Long> rejected() {
        return rejections.examples();
    }

    /** Those of the rejected ones that the trainer rejected. */
    public long rejectedInTraining() {
        return rejections.inTraining();
    }

    /** Examples whose label did not come in time. */
    public long expired() {
        return rejections.expired();
    }

    /** Labels in the topic of rejected records. */
    public long labelsRejected() {
        return rejections.labels();
    }

    /** Corrections in the train topic. */
    public long corrections() {
        return rejections.corrections();
    }

    /** Corrections that the trainer rejected. */
    public long correctionsRejected() {
        return rejections.correctionsRejected();
    }

    /** Corrections that the checkpoints cover, learned from or rejected. */
    public long correctionsCovered() {
        return rejections.correctionsBefore(checkpointedEnds());
    }

    /** Records in the train topic but for corrections. */
    public long admitted() {
        return admitted;
    }

    /** Records in the held-out topic. */
    public long heldOut() {
        return heldOut;
    }

    /** Scores written so far; each is one model's answer on one held-out example. */
    public long scores() {
        return scores;
    }

    /** Time spent inside scoring, over all scorers. */
    public double scoringSeconds() {
        return scoringMicros / 1e6;
    }

    /** Offset behind the last record, by partition of the train topic. */
    public SortedMap<Integer, Long> trainEnds() {
        return Collections.unmodifiableSortedMap(trainEnds);
    }

    /** Offset behind the last record, by partition of the held-out topic. */
    public SortedMap<Integer, Long> heldOutEnds() {
        return Collections.unmodifiableSortedMap(heldOutEnds);
    }

    /** Offset behind the last record that the chain of checkpoints covers, by partition of the train topic. */
    public Map<Integer, Long> checkpointedEnds() {
        Map<Integer, Long> ends = new HashMap<>();
        for (CheckpointManifest manifest : checkpoints) {
            manifest.getRanges().forEach(range -> ends.merge(range.getPartition(), range.getTo(), Math::max));
        }
        return ends;
    }

    public List<CheckpointManifest> checkpoints() {
        return Collections.unmodifiableList(checkpoints);
    }

    /** The evaluations of trials; those of watches over promotions are left out. */
    public List<Evaluation> evaluations() {
        return evaluations.stream()
                .filter(evaluation -> evaluation.getKind().equals(TRIAL))
                .toList();
    }

    public List<ChampionUpdate> champions() {
        return Collections.unmodifiableList(champions);
    }

    public List<TrainingMetrics> metrics() {
        return Collections.unmodifiableList(metrics);
    }

    /** Accuracy by task of the checkpoints that were scored, in the order in which they were published. */
    public List<TaskAccuracies.Row> taskAccuracies() {
        return tasks.rows(checkpoints.stream().map(CheckpointManifest::getId).toList());
    }

    public @Nullable CheckpointManifest newestCheckpoint() {
        return checkpoints.isEmpty() ? null : checkpoints.get(checkpoints.size() - 1);
    }

    public @Nullable ChampionUpdate champion() {
        return champions.isEmpty() ? null : champions.get(champions.size() - 1);
    }

    public @Nullable TrainingMetrics newestMetrics() {
        return metrics.isEmpty() ? null : metrics.get(metrics.size() - 1);
    }

    /** The open trial of a candidate. */
    public Optional<Trial> openTrial() {
        return open(TRIAL);
    }

    /** The open watch over the last promotion. */
    public Optional<Trial> openWatch() {
        return open("watch");
    }

    private Optional<Trial> open(String kind) {
        return trials.values().stream()
                .filter(trial ->
                        trial.getKind().equals(kind) && trial.getState().equals("open"))
                .findFirst();
    }

    /** Whether the checkpoint has been or is a candidate, or is the champion: then nothing is to be done for it. */
    public boolean considered(String checkpoint) {
        return trials.values().stream()
                        .anyMatch(trial -> trial.getKind().equals(TRIAL)
                                && trial.getCandidate().equals(checkpoint))
                || champions.stream()
                        .anyMatch(champion -> champion.getCheckpoint().equals(checkpoint));
    }

    /** The newest evaluation of a trial. */
    public Optional<Evaluation> newestEvaluation(String trial) {
        for (int i = evaluations.size() - 1; i >= 0; i--) {
            if (evaluations.get(i).getTrial().equals(trial)) {
                return Optional.of(evaluations.get(i));
            }
        }
        return Optional.empty();
    }
}
