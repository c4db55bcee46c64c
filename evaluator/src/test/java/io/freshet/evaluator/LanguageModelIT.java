package io.freshet.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.Objective;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.Pair;
import io.freshet.schemas.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Gate and scorer with a real broker, registry and store, masked language models, and examples without labels. */
@Timeout(240)
class LanguageModelIT {

    @TempDir
    private static Path models;

    private static Path fresh;
    private static Path better;
    private static Path wordier;

    @TempDir
    private Path directory;

    private EvaluatorBench bench;

    @BeforeAll
    static void makeModels() throws IOException {
        fresh = TinyModels.freshPredictor(models.resolve("fresh"));
        better = TinyModels.trainedPredictor(fresh, models.resolve("better"), 60);
        wordier = TinyModels.freshPredictor(models.resolve("wordier"), "words that the others lack");
    }

    @BeforeEach
    void start() throws IOException {
        bench = new EvaluatorBench(directory, Objective.MASKED_LM);
        bench.startGate();
        bench.startScorer();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void promotesABetterLanguageModelAndKeepsItAgainstAnEqualOne() throws IOException {
        bench.publish(0, fresh);
        bench.holdOut(120);
        String candidate = bench.publish(1, better);

        bench.await("promotion", () -> champions().size() == 2);
        ChampionUpdate champion = champions().get(1);
        Evaluation decisive = lastEvaluation();
        assertThat(champion.getCheckpoint()).isEqualTo(candidate);
        assertThat(champion.getHeldOutBitsPerToken())
                .isEqualTo(decisive.getCandidateScore().getBitsPerToken());
        assertThat(decisive.getCandidateScore().getLogLoss())
                .as("nats a token")
                .isLessThan(decisive.getChampionScore().getLogLoss() - 0.5);
        assertThat(decisive.getObjective()).isEqualTo("masked-lm");
        assertThat(decisive.getIntervalLow()).as("the gain in bits").isPositive();

        bench.publish(2, better);
        bench.holdOut(130);
        bench.await("all pairs of the equal candidate", () -> exhaustedPairs() >= 130);
        assertThat(champions()).hasSize(2);
        assertThat(lastEvaluation().getDecision()).isEqualTo("defer");
        assertThat(pairsOf(lastEvaluation().getTrial()))
                .as("the same weights under another id see the same masks")
                .hasSizeGreaterThanOrEqualTo(130)
                .allSatisfy(pair -> assertThat(pair.getCandidateBits()).isEqualTo(pair.getChampionBits()));
    }

    @Test
    void hidesTheSameTokensFromBothModels() throws IOException {
        bench.publish(0, fresh);
        bench.holdOut(40);
        bench.publish(1, better);
        bench.await("all pairs", () -> exhaustedPairs() >= 40);

        Map<String, List<ExampleScore>> byExample =
                bench.heard(ExampleScore.class).stream().collect(Collectors.groupingBy(ExampleScore::getExampleId));
        assertThat(byExample).hasSize(40).allSatisfy((id, scores) -> {
            assertThat(scores).hasSize(2);
            assertThat(scores.get(0).getTokens())
                    .isPositive()
                    .isEqualTo(scores.get(1).getTokens());
        });
        assertThat(bench.heard(ExampleScore.class))
                .as("no label is needed")
                .allSatisfy(score -> assertThat(score.getLabel()).isEmpty());
    }

    @Test
    void failsACandidateOfAnotherVocabularyWithTheReasonAndGoesOn() throws IOException {
        bench.publish(0, fresh);
        bench.holdOut(120);
        bench.publish(1, wordier);
        bench.await(
                "failure",
                () -> bench.heard(Trial.class).stream().anyMatch(trial -> "failed".equals(trial.getOutcome())));
        assertThat(lastEvaluation().getReason()).isEqualTo("vocabulary.differs");
        assertThat(lastEvaluation().getDetail()).contains("pieces");

        String candidate = bench.publish(2, better);
        bench.await("promotion", () -> champions().size() == 2);
        assertThat(champions().get(1).getCheckpoint()).isEqualTo(candidate);
    }

    private long exhaustedPairs() {
        return bench.heard(Evaluation.class).stream()
                .filter(evaluation -> evaluation.getReason().equals("examples.exhausted"))
                .mapToLong(Evaluation::getPairs)
                .max()
                .orElse(0);
    }

    private List<Pair> pairsOf(String trial) {
        return bench.heard(Pair.class).stream()
                .filter(pair -> pair.getTrial().equals(trial))
                .toList();
    }

    private List<ChampionUpdate> champions() {
        return bench.heard(ChampionUpdate.class);
    }

    private Evaluation lastEvaluation() {
        List<Evaluation> all = bench.heard(Evaluation.class);
        return all.get(all.size() - 1);
    }
}
