package io.freshet.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.Objective;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.SliceScore;
import io.freshet.schemas.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gate with a policy file, on a real broker and with real models. Four of five sentences are about prices that went up; the
 * champion takes all for ones that fell, one candidate all for ones that went up, another tells them apart.
 */
@Timeout(240)
class SlicePolicyIT {

    /**
     * A slice of pairs without a difference passes a margin of 0.2 at level 0.05 after some 40 of them: each adds up to
     * ln(1 + 0.625 * 0.2) = 0.118 to ln E, which has to reach 3.0, and the first ones less.
     */
    private static final String POLICY = """
            pairs: {min: 250, max: 1000, patience: 250}
            lookback: 5000
            slices:
              rules:
                - {by: task, min-pairs: 40, margin: 0.2}
            """;

    @TempDir
    private Path directory;

    private EvaluatorBench bench;

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
    void promotesACandidateThatIsBetterEverywhereAndNotOneThatIsWorseOnASlice() throws IOException {
        Path fresh = TinyModels.fresh(directory.resolve("fresh"));
        bench.publish(0, TinyModels.trained(fresh, directory.resolve("down"), 20, number -> "down"));
        String lopsided = bench.publish(1, TinyModels.trained(fresh, directory.resolve("up"), 20, number -> "up"));
        bench.holdOut(300, number -> 2 * number + (number % 5 == 4 ? 1 : 0));
        bench.await(
                "every pair of the lopsided candidate",
                () -> exhausted(lopsided).isPresent());

        Evaluation harm = exhausted(lopsided).orElseThrow();
        assertThat(harm.getCandidateScore().getAccuracy())
                .as("better on average")
                .isGreaterThan(harm.getChampionScore().getAccuracy() + 0.3);
        assertThat(harm.getLogEValue()).isGreaterThan(harm.getLogThreshold());
        assertThat(state(harm, "task=down")).isEqualTo("open");
        assertThat(state(harm, "task=up")).isEqualTo("passing");
        assertThat(bench.heard(ChampionUpdate.class)).hasSize(1);
        assertThat(bench.heard(Evaluation.class))
                .filteredOn(evaluation -> evaluation.getPairs() == 280)
                .allMatch(evaluation -> evaluation.getReason().equals("slice.open"))
                .isNotEmpty();

        String better = bench.publish(2, TinyModels.trained(fresh, directory.resolve("both"), 60));
        bench.await("promotion", () -> bench.heard(ChampionUpdate.class).size() == 2);

        assertThat(bench.heard(ChampionUpdate.class).get(1).getCheckpoint()).isEqualTo(better);
        List<Evaluation> all = bench.heard(Evaluation.class);
        Evaluation decisive = all.get(all.size() - 1);
        assertThat(decisive.getDecision()).isEqualTo("promote");
        assertThat(decisive.getSlices()).extracting(SliceScore::getState).containsExactly("passing", "passing");
        assertThat(bench.heard(Trial.class)).extracting(Trial::getPolicyHash).containsOnly(decisive.getPolicyHash());
    }

    private Optional<Evaluation> exhausted(String candidate) {
        return bench.heard(Evaluation.class).stream()
                .filter(evaluation -> evaluation.getCandidate().equals(candidate))
                .filter(evaluation -> evaluation.getReason().equals("examples.exhausted"))
                .filter(evaluation -> evaluation.getPairs() == 300)
                .findFirst();
    }

    private static String state(Evaluation evaluation, String slice) {
        return evaluation.getSlices().stream()
                .filter(score -> score.getSlice().equals(slice))
                .map(SliceScore::getState)
                .findFirst()
                .orElseThrow();
    }
}
