package io.freshet.cli.backtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What came of jobs, into a row for each strategy. */
final class Rows {

    private final Map<String, List<Done>> done = new LinkedHashMap<>();
    private final Map<String, List<String>> failures = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> settings = new LinkedHashMap<>();

    private record Done(long seed, Result result) {}

    /** @param jobs all that will come to something, in the order of the rows */
    Rows(List<Job> jobs) {
        for (Job job : jobs) {
            done.computeIfAbsent(job.label(), label -> new ArrayList<>());
            failures.computeIfAbsent(job.label(), label -> new ArrayList<>());
            Map<String, String> kept = new TreeMap<>(job.settings());
            kept.remove("trainer.seed");
            settings.putIfAbsent(job.label(), kept);
        }
    }

    void add(Job job, Result result) {
        List<Done> row = done.getOrDefault(job.label(), new ArrayList<>());
        row.add(new Done(job.seed(), result));
        row.sort(Comparator.comparingLong(Done::seed));
    }

    void fail(Job job, String why) {
        failures.getOrDefault(job.label(), new ArrayList<>()).add("seed %d: %s".formatted(job.seed(), why));
    }

    List<BacktestReport.Row> rows() {
        return done.keySet().stream().map(this::row).toList();
    }

    private BacktestReport.Row row(String label) {
        List<Result> results =
                done.getOrDefault(label, List.of()).stream().map(Done::result).toList();
        return new BacktestReport.Row(
                label,
                figure(results, result -> OptionalDouble.of(result.averageAccuracy())),
                figure(results, Result::forgetting),
                figure(results, Result::backwardTransfer),
                figure(results, Result::forwardTransfer),
                figure(results, Result::prequentialAccuracy),
                figure(results, result -> OptionalDouble.of(result.examplesPerSecond())),
                figure(results, result -> OptionalDouble.of(result.processorSeconds())),
                results.stream().mapToLong(Result::memoryBytes).max().orElse(0),
                figure(results, result -> OptionalDouble.of(result.quality().macroF1())),
                figure(results, result -> OptionalDouble.of(result.quality().expectedCalibrationError())),
                figure(results, result -> OptionalDouble.of(result.quality().brier())),
                figure(results, result -> OptionalDouble.of(result.quality().negativeFlips())),
                mean(results.stream().map(Result::accuracyMatrix).toList()),
                settings.getOrDefault(label, Map.of()),
                done.getOrDefault(label, List.of()).stream().map(Rows::run).toList(),
                List.copyOf(failures.getOrDefault(label, List.of())));
    }

    private static @Nullable Figure figure(List<Result> results, Function<Result, OptionalDouble> value) {
        return Figure.of(results.stream()
                .map(value)
                .filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble)
                .toList());
    }

    private static BacktestReport.Run run(Done done) {
        Result result = done.result;
        OptionalDouble prequential = result.prequentialAccuracy();
        return new BacktestReport.Run(
                done.seed,
                result.averageAccuracy(),
                prequential.isPresent() ? prequential.getAsDouble() : null,
                result.tasks(),
                result.accuracyMatrix(),
                result.prequential(),
                result.quality().classes(),
                result.quality().confusions(),
                result.seconds());
    }

    /** Returns the mean of matrices of one shape, empty where there are none. */
    private static List<List<Double>> mean(List<List<List<Double>>> matrices) {
        List<List<Double>> mean = new ArrayList<>();
        for (int row = 0; !matrices.isEmpty() && row < matrices.get(0).size(); row++) {
            List<Double> columns = new ArrayList<>();
            for (int column = 0; column < matrices.get(0).get(row).size(); column++) {
                double sum = 0;
                for (List<List<Double>> matrix : matrices) {
                    sum += matrix.get(row).get(column);
                }
                columns.add(sum / matrices.size());
            }
            mean.add(columns);
        }
        return mean;
    }
}
