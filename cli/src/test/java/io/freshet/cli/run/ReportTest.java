package io.freshet.cli.run;

import static io.freshet.cli.run.Records.champion;
import static io.freshet.cli.run.Records.evaluation;
import static io.freshet.cli.run.Records.manifest;
import static io.freshet.cli.run.Records.metrics;
import static io.freshet.cli.run.Records.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.cli.stream.StreamView;
import io.freshet.ingest.IngestCounts;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.TrainingMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void takesTheLastQuarterFromCumulativeAccuracies() {
        // right answers: 10 of 100, 40 of 200, 90 of 300, 160 of 400; the last 100 have 160 - 90 = 70
        Prequential prequential =
                Prequential.of(List.of(metrics(100, 0.1), metrics(200, 0.2), metrics(300, 0.3), metrics(400, 0.4)));
        assertThat(prequential.accuracy()).isEqualTo(0.4);
        assertThat(prequential.lastQuarterAccuracy()).isCloseTo(0.7, within(1e-12));
    }

    @Test
    void hasNoAccuracyWithoutSteps() {
        assertThat(Prequential.of(List.of())).isEqualTo(new Prequential(0, 0));
        assertThat(Prequential.of(List.of(metrics(10, 0.5)))).isEqualTo(new Prequential(0.5, 0.5));
        assertThat(Prequential.of(List.of(metrics(0, 0)))).isEqualTo(new Prequential(0, 0));
    }

    @Test
    void hasTheFieldsThatItsReadersLookFor() throws IOException {
        JsonNode json = new ObjectMapper().readTree(promoted().json());
        List<String> fields = new ArrayList<>();
        json.fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
                .containsExactly(
                        "published",
                        "rejected",
                        "duplicates",
                        "heldOut",
                        "trained",
                        "waiting",
                        "expired",
                        "corrections",
                        "labels",
                        "steps",
                        "checkpoints",
                        "evaluations",
                        "promotions",
                        "champion",
                        "prequential",
                        "tasks",
                        "forgetting",
                        "alarms",
                        "seconds",
                        "examplesPerSecond");
        assertThat(json.at("/rejected/text.blank").asLong()).isEqualTo(1);
        assertThat(json.at("/checkpoints/1/offsets/0/to").asLong()).isEqualTo(2);
        assertThat(json.at("/seconds/training").asDouble()).isEqualTo(0.02); // one step of 20 ms
        assertThat(json.at("/examplesPerSecond").asDouble()).isEqualTo(0.8); // 4 records in 5 s
    }

    @Test
    void listsThePromotionAndTheChampionItMade() {
        Report report = promoted();
        assertThat(report.promotions()).hasSize(1);
        Report.Promotion promotion = report.promotions().get(0);
        assertThat(promotion.id()).isEqualTo("c1");
        assertThat(promotion.pairs()).isEqualTo(120);
        assertThat(promotion.eValue()).isCloseTo(64, within(1e-9));
        assertThat(report.champion()).isEqualTo(new Report.Champion("c1", "file:///store", 0.7, 0.45, null));
    }

    @Test
    void reportsBitsPerTokenWhereTheModelsAreLanguageModels() {
        StreamView view = new StreamView();
        view.checkpoint(manifest("genesis", 0, 0, 0));
        view.champion(champion(1, "genesis", null));
        view.metrics(TrainingMetrics.newBuilder(metrics(2, 0))
                .setPrequentialBitsPerToken(5.5)
                .setWindowBitsPerToken(5.25)
                .build());
        view.evaluation(Evaluation.newBuilder(evaluation("t1", "c1", "promote", "evidence.reached"))
                .setObjective("masked-lm")
                .setChampionScore(new ModelScore(0.0, 0.0, 0.0, 0.0, 4.2, 6.0, null, null, List.of()))
                .setCandidateScore(new ModelScore(0.0, 0.0, 0.0, 0.0, 3.5, 5.0, null, null, List.of()))
                .build());
        view.champion(ChampionUpdate.newBuilder(champion(2, "c1", "t1"))
                .setHeldOutAccuracy(null)
                .setHeldOutBitsPerToken(5.0)
                .build());

        Report report = ReportBuilder.build(view, Account.of(view, 0, 0, 0), IngestCounts.NONE.labels(), null, 5);

        assertThat(report.promotions().get(0).championBitsPerToken()).isEqualTo(6.0);
        assertThat(report.promotions().get(0).candidateBitsPerToken()).isEqualTo(5.0);
        assertThat(report.evaluations().get(0).candidateBitsPerToken()).isEqualTo(5.0);
        assertThat(report.champion()).isEqualTo(new Report.Champion("c1", "file:///store", null, null, 5.0));
        assertThat(report.prequential()).isEqualTo(new Report.BeforeLearning(0, 0, 5.5, 5.25));
    }

    private static Report promoted() {
        StreamView view = new StreamView();
        view.checkpoint(manifest("genesis", 0, 0, 0));
        view.champion(champion(1, "genesis", null));
        view.admittedForTraining(0, 0);
        view.admittedForTraining(0, 1);
        view.heldOut(0, 0);
        view.rejected(Records.rejected("text.blank", "ingest"));
        view.metrics(metrics(2, 0.5));
        view.checkpoint(manifest("c1", 1, 2, 0, range(0, 0, 2)));
        view.evaluation(evaluation("t1", "c1", "promote", "evidence.reached", range(0, 0, 1)));
        view.champion(champion(2, "c1", "t1"));
        return ReportBuilder.build(view, Account.of(view, 4, 0, 0), IngestCounts.NONE.labels(), null, 5);
    }
}
