package io.freshet.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schemas.TrainingMetrics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningCurveTest {

    @Test
    void drawsTwelveBarsOverTheExamples() {
        List<TrainingMetrics> metrics = new ArrayList<>();
        for (int step = 1; step <= 120; step++) {
            metrics.add(Records.metrics(10L * step, step / 120.0));
        }
        List<String> lines = LearningCurve.lines(metrics);
        assertThat(lines).hasSize(1 + 12);
        assertThat(lines.get(6)).contains("600", "50.0 %").endsWith("  " + "#".repeat(25)); // half of 50 characters
        assertThat(lines.get(12)).contains("1,200", "100.0 %").endsWith("  " + "#".repeat(50));
    }

    @Test
    void drawsOneBarAStepWhereThereAreFew() {
        assertThat(LearningCurve.lines(List.of(Records.metrics(10, 0.1), Records.metrics(20, 0.2))))
                .hasSize(1 + 2);
        assertThat(LearningCurve.lines(List.of())).hasSize(1);
    }
}
