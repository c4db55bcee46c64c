package io.freshet.cli.run;

import io.freshet.cli.stream.StreamView;
import io.freshet.cli.stream.TaskAccuracies;
import io.freshet.ingest.LabelCounts;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.TrainingMetrics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns what the topics told into the report. */
final class ReportBuilder {

    /** Largest natural logarithm whose exponential a double holds. */
    private static final double LARGEST_LOG = Math.log(Double.MAX_VALUE);

    private static final String PROMOTE = "promote";

    private ReportBuilder() {}

    /**
     * Builds the report of a run that is over.
     *
     * @param labels what became of labels that came by themselves
     * @param championUri directory to which the champion was written, or null where only the store has it
     * @param seconds wall time in all
     * @throws IllegalStateException if there is no champion, which a run that is over has
     */
    static Report build(
            StreamView view, Account account, LabelCounts labels, @Nullable String championUri, double seconds) {
        ChampionUpdate champion = view.champion();
        if (champion == null) {
            throw new IllegalStateException("a run without a champion has no report");
        }
        double training = view.metrics().stream()
                        .mapToDouble(TrainingMetrics::getStepMillis)
                        .sum()
                / 1e3;
        return new Report(
                account.published(),
                account.rejected(),
                account.duplicates(),
                account.heldOut(),
                account.trained(),
                account.waiting(),
                account.expired(),
                account.corrections(),
                labels(labels),
                steps(view),
                view.checkpoints().stream().map(ReportBuilder::checkpoint).toList(),
                view.evaluations().stream().map(ReportBuilder::outcome).toList(),
                promotions(view),
                champion(view, champion, championUri),
                beforeLearning(view),
                view.taskAccuracies().stream().map(ReportBuilder::tasks).toList(),
                boxed(TaskAccuracies.forgetting(view.taskAccuracies())),
                alarms(view),
                new Report.Seconds(seconds, training, view.scoringSeconds()),
                account.published() / seconds);
    }

    private static Report.TaskRow tasks(TaskAccuracies.Row row) {
        SortedMap<String, Report.TaskCell> cells = new TreeMap<>();
        row.cells().forEach((task, cell) -> cells.put(task, new Report.TaskCell(cell.examples(), cell.accuracy())));
        return new Report.TaskRow(row.checkpoint(), cells);
    }

    private static List<Report.Alarm> alarms(StreamView view) {
        return view.checkpoints().stream()
                .flatMap(manifest -> manifest.getAlarms().stream())
                .map(alarm -> new Report.Alarm(
                        alarm.getDetector(), alarm.getAt(), alarm.getSince(), alarm.getBefore(), alarm.getAfter()))
                .toList();
    }

    private static Report.Labels labels(LabelCounts counts) {
        return new Report.Labels(
                counts.total(),
                counts.joined(),
                counts.corrections(),
                counts.repeated(),
                counts.outdated(),
                counts.waiting(),
                counts.expired(),
                counts.rejected(),
                boxed(counts.rate()),
                boxed(counts.delay().meanMillis()),
                boxed(counts.delay().medianMillis()),
                counts.answers().scored(),
                boxed(counts.answers().accuracy()),
                boxed(counts.answers().recentAccuracy()));
    }

    private static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static Report.BeforeLearning beforeLearning(StreamView view) {
        Prequential prequential = Prequential.of(view.metrics());
        TrainingMetrics newest = view.newestMetrics();
        return new Report.BeforeLearning(
                prequential.accuracy(),
                prequential.lastQuarterAccuracy(),
                newest == null ? null : newest.getPrequentialBitsPerToken(),
                newest == null ? null : newest.getWindowBitsPerToken());
    }

    private static long steps(StreamView view) {
        CheckpointManifest newest = view.newestCheckpoint();
        return newest == null ? 0 : newest.getStep();
    }

    private static Report.Checkpoint checkpoint(CheckpointManifest manifest) {
        return new Report.Checkpoint(
                manifest.getId(),
                Report.Offsets.of(manifest.getRanges()),
                manifest.getStep(),
                manifest.getFiles().stream()
                        .map(file -> new Report.CheckpointedFile(
                                file.getPath(), file.getSha256(), file.getSize(), file.getRole()))
                        .toList());
    }

    private static Report.Outcome outcome(Evaluation evaluation) {
        return new Report.Outcome(
                evaluation.getTrial(),
                evaluation.getChampion(),
                evaluation.getCandidate(),
                evaluation.getPairs(),
                evaluation.getWins(),
                evaluation.getLosses(),
                evaluation.getChampionScore().getAccuracy(),
                evaluation.getCandidateScore().getAccuracy(),
                evaluation.getCandidateScore().getMacroF1(),
                evaluation.getChampionScore().getBitsPerToken(),
                evaluation.getCandidateScore().getBitsPerToken(),
                evaluation.getIntervalLow(),
                evaluation.getIntervalHigh(),
                evaluation.getLogEValue(),
                evaluation.getLogThreshold(),
                evaluation.getDecision(),
                evaluation.getReason());
    }

    static List<Report.Promotion> promotions(StreamView view) {
        return view.evaluations().stream()
                .filter(evaluation -> evaluation.getDecision().equals(PROMOTE))
                .map(ReportBuilder::promotion)
                .toList();
    }

    static Report.Promotion promotion(Evaluation evaluation) {
        return new Report.Promotion(
                evaluation.getCandidate(),
                evaluation.getPairs(),
                evaluation.getChampionScore().getAccuracy(),
                evaluation.getCandidateScore().getAccuracy(),
                evaluation.getChampionScore().getBitsPerToken(),
                evaluation.getCandidateScore().getBitsPerToken(),
                Math.exp(Math.min(evaluation.getLogEValue(), LARGEST_LOG)));
    }

    private static Report.Champion champion(StreamView view, ChampionUpdate champion, @Nullable String uri) {
        String trial = champion.getTrial();
        Optional<Evaluation> decisive = trial == null
                ? Optional.empty()
                : view.evaluations().stream()
                        .filter(evaluation -> evaluation.getTrial().equals(trial)
                                && evaluation.getDecision().equals(PROMOTE))
                        .findFirst();
        return new Report.Champion(
                champion.getCheckpoint(),
                uri == null ? champion.getStore() : uri,
                champion.getHeldOutAccuracy(),
                champion.getHeldOutBitsPerToken() == null
                        ? decisive.map(evaluation ->
                                        evaluation.getCandidateScore().getMacroF1())
                                .orElse(null)
                        : null,
                champion.getHeldOutBitsPerToken());
    }
}
