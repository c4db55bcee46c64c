package io.freshet.cli.run;

import io.freshet.cli.stream.StreamListener;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.TrainingMetrics;
import io.freshet.schemas.Trial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that the topics have told of a run so far. Confined to the thread that polls. */
final class RunView implements StreamListener {

    private static final String TRAINER = "trainer";

    private final SortedMap<Integer, Long> trainEnds = new TreeMap<>();
    private final SortedMap<Integer, Long> heldOutEnds = new TreeMap<>();
    private final SortedMap<String, Long> rejected = new TreeMap<>();
    private final List<CheckpointManifest> checkpoints = new ArrayList<>();
    private final Map<String, Trial> trials = new LinkedHashMap<>();
    private final List<Evaluation> evaluations = new ArrayList<>();
    private final List<ChampionUpdate> champions = new ArrayList<>();
    private final List<TrainingMetrics> metrics = new ArrayList<>();
    private long admitted;
    private long heldOut;
    private long rejectedInTraining;
    private long scores;
    private long scoringMicros;

    @Override
    public void admittedForTraining(int partition, long offset) {
        admitted++;
        trainEnds.put(partition, offset + 1);
    }

    @Override
    public void heldOut(int partition, long offset) {
        heldOut++;
        heldOutEnds.put(partition, offset + 1);
    }

    @Override
    public void rejected(RejectedExample example) {
        rejected.merge(example.getReason(), 1L, Long::sum);
        if (example.getRejectedBy().equals(TRAINER)) {
            rejectedInTraining++;
        }
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
    }

    @Override
    public void evaluation(Evaluation evaluation) {
        evaluations.add(evaluation);
    }

    @Override
    public void champion(ChampionUpdate champion) {
        champions.add(champion);
    }

    @Override
    public void metrics(TrainingMetrics step) {
        metrics.add(step);
    }

    /**
     * Adds up what became of what was published.
     *
     * @param published records acknowledged
     * @param duplicates repetitions that ingest dropped
     */
    Account account(long published, long duplicates) {
        CheckpointManifest newest = newestCheckpoint();
        return new Account(
                published,
                rejected,
                duplicates,
                heldOut,
                admitted,
                newest == null ? 0 : newest.getTrained(),
                newest == null ? rejectedInTraining : newest.getRejected());
    }

    long admitted() {
        return admitted;
    }

    long heldOut() {
        return heldOut;
    }

    /** Scores written so far; each is one model's answer on one held-out example. */
    long scores() {
        return scores;
    }

    double scoringSeconds() {
        return scoringMicros / 1e6;
    }

    SortedMap<Integer, Long> trainEnds() {
        return Collections.unmodifiableSortedMap(trainEnds);
    }

    SortedMap<Integer, Long> heldOutEnds() {
        return Collections.unmodifiableSortedMap(heldOutEnds);
    }

    List<CheckpointManifest> checkpoints() {
        return Collections.unmodifiableList(checkpoints);
    }

    List<Evaluation> evaluations() {
        return Collections.unmodifiableList(evaluations);
    }

    List<ChampionUpdate> champions() {
        return Collections.unmodifiableList(champions);
    }

    List<TrainingMetrics> metrics() {
        return Collections.unmodifiableList(metrics);
    }

    @Nullable
    CheckpointManifest newestCheckpoint() {
        return checkpoints.isEmpty() ? null : checkpoints.get(checkpoints.size() - 1);
    }

    @Nullable
    ChampionUpdate champion() {
        return champions.isEmpty() ? null : champions.get(champions.size() - 1);
    }

    @Nullable
    TrainingMetrics newestMetrics() {
        return metrics.isEmpty() ? null : metrics.get(metrics.size() - 1);
    }

    Optional<Trial> openTrial() {
        return trials.values().stream()
                .filter(trial -> trial.getState().equals("open"))
                .findFirst();
    }

    /** Whether the checkpoint has been or is a candidate, or is the champion: then nothing is to be done for it. */
    boolean considered(String checkpoint) {
        return trials.values().stream().anyMatch(trial -> trial.getCandidate().equals(checkpoint))
                || champions.stream()
                        .anyMatch(champion -> champion.getCheckpoint().equals(checkpoint));
    }

    /** The newest evaluation of a trial. */
    Optional<Evaluation> newestEvaluation(String trial) {
        for (int i = evaluations.size() - 1; i >= 0; i--) {
            if (evaluations.get(i).getTrial().equals(trial)) {
                return Optional.of(evaluations.get(i));
            }
        }
        return Optional.empty();
    }
}
