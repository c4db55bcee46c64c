package io.freshet.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.bench.machine.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {

    @TempDir
    Path directory;

    private static Job job(String label, long seed) {
        return new Job(label, Kind.TRAINER, seed, "", "", Map.of("trainer.seed", "1", "replay.size", "9"), 1);
    }

    private static Result result(double first, double second, long right) {
        return new Result(
                List.of("x", "y"),
                List.of(0.0, 0.0),
                List.of(List.of(0.9, 0.0), List.of(first, second)),
                true,
                new Result.Curve(List.of(10L, 100L), List.of(1L, right)),
                new Result.Quality(0.5, 0.1, 0.2, 0.05, List.of(), List.of()),
                100,
                new Result.Seconds(4, 0.2, 1),
                1_234_567);
    }

    private static BacktestReport report() {
        List<Job> jobs = List.of(job("replay", 1), job("failing", 1), job("replay", 2), job("failing", 2));
        Rows rows = new Rows(jobs);
        rows.add(jobs.get(2), result(0.7, 0.9, 60));
        rows.add(jobs.get(0), result(0.5, 0.7, 50));
        rows.fail(jobs.get(1), "no such weights");
        return new BacktestReport(
                "backtest …",
                new Machine("cpu", 2, 1, 0, "os", "17"),
                "a.csv",
                "by-task",
                100,
                10,
                List.of(1L, 2L),
                false,
                rows.rows());
    }

    @Test
    void givesMeansAndStandardDeviationsOverSeeds() {
        BacktestReport.Row row = report().strategies().get(0);
        // averages 0.6 and 0.8: mean 0.7, deviations 0.1 each, divided by one
        Figure average = Objects.requireNonNull(row.averageAccuracy());
        assertThat(average.mean()).isCloseTo(0.7, within(1e-12));
        assertThat(average.sd()).isCloseTo(Math.sqrt(0.02), within(1e-12));
        assertThat(row.accuracyMatrix().get(1).get(0)).isCloseTo(0.6, within(1e-12));
        assertThat(row.runs()).extracting(BacktestReport.Run::seed).containsExactly(1L, 2L);
        assertThat(row.settings()).isEqualTo(Map.of("replay.size", "9"));
    }

    @Test
    void printsARowForEachStrategy() {
        List<String> lines = Table.lines(report());
        assertThat(lines).hasSize(4);
        assertThat(lines.get(2))
                .contains("| replay")
                .contains("0.700 ± 0.141")
                .contains("0.550 ± 0.071")
                .contains("25")
                .contains("2.0")
                .contains("1,234,567");
        assertThat(lines.get(3)).contains("failing").doesNotContain("0.");
        assertThat(lines).extracting(String::length).containsOnly(lines.get(0).length());
    }

    @Test
    void writesTheReportWithTheNamesOfItsFields() throws Exception {
        Path file = directory.resolve("report.json");
        report().write(file);
        assertThat(Files.readString(file))
                .contains("\"averageAccuracy\" : {")
                .contains(
                        "\"forgetting\"",
                        "\"backwardTransfer\"",
                        "\"forwardTransfer\"",
                        "\"prequentialAccuracy\"",
                        "\"examplesPerSecond\"",
                        "\"memoryBytes\" : 1234567",
                        "\"accuracyMatrix\"",
                        "\"seed 1: no such weights\"",
                        "\"complete\" : false");
        assertThat(directory.resolve("report.json.part")).doesNotExist();
    }
}
