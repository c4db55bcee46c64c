package io.freshet.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.Objective;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.Decision;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.Pair;
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

/** A promotion that the stream proves wrong afterwards, with a real broker, registry and store, and real models. */
@Timeout(240)
class RollbackIT {

    private static final String POLICY = """
            pairs: {min: 30, max: 200, patience: 200}
            watch: {pairs: 400, alpha: 1.0e-6, bets: [0.4]}
            """;

    @TempDir
    private static Path models;

    private static Path old;
    private static Path newer;

    @TempDir
    private Path directory;

    private EvaluatorBench bench;

    /** Two models that have learned the same sentences by opposite labels. */
    @BeforeAll
    static void makeModels() throws IOException {
        Path fresh = TinyModels.fresh(models.resolve("fresh"));
        old = TinyModels.trained(fresh, models.resolve("old"), 60, TinyModels::driftedLabel);
        newer = TinyModels.trained(fresh, models.resolve("newer"), 60);
    }

    @BeforeEach
    void start() throws IOException {
        bench = new EvaluatorBench(directory, Objective.CLASSIFICATION);
        bench.usePolicy(POLICY);
        bench.startGate();
        bench.startScorer();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void rollsBackByItselfWhatAStreamThatDriftsProvesWrong() throws IOException {
        String before = bench.publish(0, old);
        bench.holdOut(120);
        String promoted = bench.publish(1, newer);
        bench.await("promotion", () -> champions().size() == 2);
        assertThat(champions().get(1).getCheckpoint()).isEqualTo(promoted);
        bench.await(
                "the watch",
                () -> trials().stream().anyMatch(trial -> trial.getKind().equals("watch")));
        bench.holdOut(60);
        bench.await("pairs of the watch", () -> pairsOfWatch() >= 60);
        assertThat(champions()).as("it holds as long as the stream does").hasSize(2);

        String next = bench.publish(2, newer);
        bench.await(
                "its trial",
                () -> trials().stream().anyMatch(trial -> trial.getCandidate().equals(next)));
        bench.holdOutDrifted(160);
        bench.await("rollback", () -> champions().size() == 3);

        ChampionUpdate rollback = champions().get(2);
        assertThat(rollback.getSequence()).isEqualTo(3);
        assertThat(rollback.getCheckpoint()).isEqualTo(before);
        assertThat(rollback.getPrevious()).isEqualTo(promoted);
        assertThat(rollback.getReason()).isEqualTo("rollback");
        assertThat(rollback.getWho()).isNull();
        assertThat(rollback.getWhy()).contains(promoted).contains(before).contains("the alarm is at 13.82");
        bench.await(
                "the next trial",
                () -> trials().get(trials().size() - 1).getState().equals("open"));
        assertThat(bench.heard(Decision.class).get(0).getKind()).isEqualTo("candidate.barred");
        Evaluation alarm = bench.heard(Evaluation.class).stream()
                .filter(evaluation -> evaluation.getReason().equals("watch.alarm"))
                .findFirst()
                .orElseThrow();
        assertThat(alarm.getKind()).isEqualTo("watch");
        assertThat(alarm.getLogDetector()).isGreaterThanOrEqualTo(alarm.getLogAlarm());
        Trial last = trials().get(trials().size() - 1);
        assertThat(last.getChampion()).isEqualTo(before);
        assertThat(last.getCandidate()).as("tried again").isEqualTo(next);
        bench.await(
                "its end", () -> trials().get(trials().size() - 1).getState().equals("closed"));
        assertThat(trials().get(trials().size() - 1).getOutcome()).isEqualTo("futile");
        assertThat(champions()).hasSize(3);
        assertFoldedOnce();
    }

    @Test
    void goesOnWhereTheChampionBeforeCannotBeLoadedAnyMore() throws IOException {
        bench.publish(0, old);
        bench.holdOut(120);
        bench.publish(1, newer);
        bench.await("promotion", () -> champions().size() == 2);
        bench.stopScorer();
        bench.lose(old.resolve("model.safetensors"));
        bench.startScorer();
        bench.holdOut(60);
        bench.await("the end of the watch", () -> trials().stream().anyMatch(RollbackIT::isFailedWatch));

        bench.publish(2, newer);
        bench.await("pairs of the next trial", () -> pairsOf("t000002") > 0);
        assertThat(champions()).hasSize(2);
    }

    private static boolean isFailedWatch(Trial trial) {
        return trial.getKind().equals("watch") && "failed".equals(trial.getOutcome());
    }

    /** Every comparison counts every example once, in an order without a gap, whoever else needed the same score. */
    private void assertFoldedOnce() {
        List<Pair> pairs = bench.heard(Pair.class);
        for (String trial : pairs.stream().map(Pair::getTrial).distinct().toList()) {
            List<Pair> its =
                    pairs.stream().filter(pair -> pair.getTrial().equals(trial)).toList();
            assertThat(its)
                    .extracting(Pair::getIndex)
                    .containsExactlyElementsOf(
                            LongStream.range(0, its.size()).boxed().toList());
            assertThat(its).extracting(Pair::getExampleId).doesNotHaveDuplicates();
        }
        List<String> champions =
                champions().stream().map(ChampionUpdate::getCheckpoint).toList();
        assertThat(bench.heard(ExampleScore.class))
                .filteredOn(score -> champions.contains(score.getCheckpoint()))
                .extracting(score -> score.getPartition() + "-" + score.getOffset() + "-" + score.getCheckpoint())
                .as("a champion's scores serve trial and watch")
                .doesNotHaveDuplicates();
    }

    private long pairsOfWatch() {
        return pairsOf("w");
    }

    private long pairsOf(String trial) {
        return bench.heard(Pair.class).stream()
                .filter(pair -> pair.getTrial().startsWith(trial))
                .count();
    }

    private List<ChampionUpdate> champions() {
        return bench.heard(ChampionUpdate.class);
    }

    private List<Trial> trials() {
        return bench.heard(Trial.class);
    }
}
