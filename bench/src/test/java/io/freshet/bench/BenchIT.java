package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.bench.machine.ProcFile;
import io.freshet.bench.soak.SoakBench;
import io.freshet.bench.soak.SoakReport;
import io.freshet.bench.soak.SoakRequest;
import io.freshet.bench.step.Clock;
import io.freshet.bench.step.StepBench;
import io.freshet.bench.step.StepReport;
import io.freshet.bench.step.StepRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchIT {

    @TempDir
    private Path temp;

    @Test
    void measuresATinyModelInBothPrecisionsAndWritesARatioForEachTarget() throws IOException {
        List<String> lines = new ArrayList<>();
        StepRequest request =
                new StepRequest(List.of("tiny"), List.of(), "made from a seed", 2, 4, 8, 1, Clock.CPU, null);
        StepReport report = new StepBench(request, temp, lines::add).run();
        assertThat(report.figures())
                .extracting(figures -> figures.precision() + " " + figures.batches())
                .containsExactly(
                        "fp32 arrival order", "fp32 sorted windows", "bf16 arrival order", "bf16 sorted windows");
        assertThat(report.figures()).allSatisfy(figures -> {
            assertThat(figures.tokensPerSecond().min()).isPositive();
            assertThat(figures.stepMilliseconds().whole()).isPositive();
            assertThat(figures.stepMilliseconds().optimizer()).isPositive();
        });
        assertThat(report.figures().get(1).padding())
                .isLessThan(report.figures().get(0).padding());
        assertThat(report.remarks()).singleElement().asString().contains("--python");
        report.write(temp.resolve("report.json"));
        JsonNode ratio = new ObjectMapper()
                .readTree(temp.resolve("report.json").toFile())
                .get("ratios")
                .get(0);
        assertThat(ratio.get("name").asText()).contains("real tokens/s, sorted windows by arrival order");
        assertThat(ratio.get("target").asDouble()).isEqualTo(1.5);
        assertThat(ratio.get("median").asDouble())
                .isBetween(ratio.get("min").asDouble(), ratio.get("max").asDouble());
        assertThat(lines).anyMatch(line -> line.contains("target 1.50"));
    }

    @Test
    void watchesTheMemoryOfTraining() throws IOException {
        assumeTrue(ProcFile.SELF.exists(), "resident memory is read from /proc, which is not here");
        SoakReport report = new SoakBench(new SoakRequest(40, 8, null, 1), temp, line -> {}).run();
        assertThat(report.samples())
                .extracting(sample -> sample.step())
                .containsExactly(5L, 10L, 15L, 20L, 25L, 30L, 35L, 40L);
        assertThat(report.samples()).allSatisfy(sample -> {
            assertThat(sample.resident()).isGreaterThan(sample.heap() / 2).isGreaterThan(50);
            assertThat(sample.heap()).isPositive();
        });
        assertThat(report.line()).contains("40 steps").containsAnyOf("flat");
    }
}
