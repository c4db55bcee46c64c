package io.freshet.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.Objective;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointFile;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.Pair;
import io.freshet.schemas.Prediction;
import io.freshet.schemas.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Gate and scorer with a real broker, registry and store, and real models. */
@Timeout(240)
class EvaluatorIT {

    @TempDir
    private static Path models;

    private static Path fresh;
    private static Path better;

    @TempDir
    private Path directory;

    private EvaluatorBench bench;

    @BeforeAll
    static void makeModels() throws IOException {
        fresh = TinyModels.fresh(models.resolve("fresh"));
        better = TinyModels.trained(fresh, models.resolve("better"), 60);
    }

    @BeforeEach
    void start() throws IOException {
        bench = new EvaluatorBench(directory, Objective.CLASSIFICATION);
        bench.startGate();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void promotesABetterCandidateAndKeepsItAgainstAnEqualOne() throws IOException {
        bench.startScorer();
        bench.publish(0, fresh);
        bench.holdOut(120);
        String candidate = bench.publish(1, better);

        bench.await("promotion", () -> champions().size() == 2);
        assertThat(champions()).extracting(ChampionUpdate::getSequence).containsExactly(1L, 2L);
        assertThat(champions().get(1).getCheckpoint()).isEqualTo(candidate);
        assertThat(champions().get(1).getHeldOutAccuracy()).isGreaterThan(0.9);

        bench.publish(2, better);
        bench.holdOut(130);
        bench.await("all pairs of the equal candidate", () -> exhaustedPairs() >= 130);
        Evaluation last = evaluations().get(evaluations().size() - 1);
        assertThat(champions()).hasSize(2);
        assertThat(last.getWins()).isZero();
        assertThat(last.getLosses()).isZero();
        assertThat(last.getDecision()).isEqualTo("defer");
    }

    @Test
    void failsACandidateWhoseFilesAreNotInTheStoreAndGoesOn() throws IOException {
        bench.startScorer();
        bench.publish(0, fresh);
        bench.holdOut(120);
        bench.publish(1, List.of(new CheckpointFile("model.safetensors", "a".repeat(64), 10L, "model")));
        bench.await("failure", () -> trials().stream().anyMatch(trial -> "failed".equals(trial.getOutcome())));

        String candidate = bench.publish(2, better);
        bench.await("promotion", () -> champions().size() == 2);

        assertThat(champions().get(1).getCheckpoint()).isEqualTo(candidate);
    }

    @Test
    void scoresEveryExampleOnceWhenTheScorerIsRestarted() throws IOException {
        bench.startScorer();
        bench.publish(0, fresh);
        bench.holdOut(60);
        bench.publish(1, better);
        bench.await("scores", () -> bench.heard(Pair.class).size() >= 20);

        bench.stopScorer();
        bench.holdOut(60);
        bench.startScorer();
        bench.await("promotion", () -> champions().size() == 2);

        List<String> keys = bench.heard(ExampleScore.class).stream()
                .map(score -> score.getPartition() + "-" + score.getOffset() + "-" + score.getCheckpoint())
                .toList();
        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void theChampionAnswersExamplesThatWaitForTheirLabel() throws IOException {
        bench.leaveUnlabelled(0, 30);
        bench.startScorer();
        String genesis = bench.publish(0, fresh);
        bench.await("answers of the first champion", () -> predictions().size() == 30);
        assertThat(predictions()).allMatch(answer -> answer.getCheckpoint().equals(genesis));
        assertThat(predictions()).as("it knows no label").allMatch(answer -> answer.getPredicted() == null);

        bench.holdOut(120);
        String better = bench.publish(1, EvaluatorIT.better);
        bench.await("promotion", () -> champions().size() == 2);
        bench.stopScorer();
        bench.leaveUnlabelled(30, 30);
        bench.startScorer();
        bench.await("answers of the second champion", () -> predictions().size() == 60);

        List<Prediction> later = predictions().subList(30, 60);
        assertThat(predictions()).extracting(Prediction::getExampleId).doesNotHaveDuplicates();
        assertThat(later).allMatch(answer -> answer.getCheckpoint().equals(better));
        assertThat(later)
                .filteredOn(answer -> TinyModels.label(
                                Integer.parseInt(answer.getExampleId().substring(1)))
                        .equals(answer.getPredicted()))
                .hasSizeGreaterThan(25);
        assertThat(later).allMatch(answer -> answer.getProbability() > 0 && answer.getProbability() <= 1);
    }

    @Test
    void losesNothingWhenTheGateIsRestartedOnAnEmptyDisk() throws IOException {
        bench.startScorer();
        bench.publish(0, fresh);
        bench.holdOut(60);
        bench.publish(1, better);
        bench.await("the first pairs", () -> exhaustedPairs() >= 60);

        bench.restartGate("another-state");
        bench.holdOut(60);
        bench.await("promotion", () -> champions().size() == 2);

        List<Pair> pairs = bench.heard(Pair.class);
        assertThat(pairs)
                .extracting(Pair::getIndex)
                .containsExactlyElementsOf(
                        LongStream.range(0, pairs.size()).boxed().toList());
        assertThat(pairs).extracting(Pair::getExampleId).doesNotHaveDuplicates();
        assertThat(trials())
                .extracting(Trial::getId)
                .as("no second trial")
                .containsOnly(trials().get(0).getId());
        assertThat(champions()).extracting(ChampionUpdate::getSequence).containsExactly(1L, 2L);
    }

    /** Thousands of pairs a second on an idle machine with two cores; the bound only tells that from tens. */
    @Test
    void foldsPairsFasterThanAnyScorerMakesThem() {
        bench.publish(0, List.of());
        bench.publish(1, List.of());
        bench.holdOut(5_000);
        bench.scoreAllRight("genesis-00000000", "c000001-00000000");
        bench.await("the first pair", () -> !bench.heard(Pair.class).isEmpty());
        int before = bench.heard(Pair.class).size();
        long start = System.nanoTime();

        bench.await("all pairs", () -> bench.heard(Pair.class).size() == 5_000);

        double rate = (5_000 - before) / ((System.nanoTime() - start) / 1e9);
        System.out.printf("%.0f pairs a second%n", rate);
        assertThat(rate).isGreaterThan(300);
        bench.await("the end of the trial", () -> trials().size() == 2);
        assertThat(trials().get(1).getOutcome()).isEqualTo("futile");
    }

    private long exhaustedPairs() {
        return evaluations().stream()
                .filter(evaluation -> evaluation.getReason().equals("examples.exhausted"))
                .mapToLong(Evaluation::getPairs)
                .max()
                .orElse(0);
    }

    private List<ChampionUpdate> champions() {
        return bench.heard(ChampionUpdate.class);
    }

    private List<Evaluation> evaluations() {
        return bench.heard(Evaluation.class);
    }

    private List<Prediction> predictions() {
        return bench.heard(Prediction.class);
    }

    private List<Trial> trials() {
        return bench.heard(Trial.class);
    }
}
