package io.freshet.cli.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.bench.machine.Machine;
import io.freshet.core.measure.ClassScore;
import io.freshet.core.measure.Confusion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The comparison, complete or so far.
 *
 * @param command that made it
 * @param input what was read, in words
 * @param order of the stream
 * @param streamed examples of the stream
 * @param tested examples of the tests
 * @param complete whether every strategy learned with every seed
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record BacktestReport(
        String command,
        Machine machine,
        String input,
        String order,
        int streamed,
        int tested,
        List<Long> seeds,
        boolean complete,
        List<Row> strategies) {

    /**
     * One strategy; a figure is null where it means nothing.
     *
     * @param name as it was asked for
     * @param examplesPerSecond learned, each as often as it was learned from; time of tests left out
     * @param processorSecondsPerThousand time on processors that a thousand of them take: what others on the machine do is
     *     not in it
     * @param memoryBytes kept beside the model at the end, the most of all seeds
     * @param negativeFlips share of answers that were right the time before and are wrong now, from each test to the next
     * @param accuracyMatrix mean over the seeds, columns in the order in which each seed met the tasks
     * @param settings that were given, the seed left out
     * @param failures of seeds that came to nothing
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Row(
            String name,
            @Nullable Figure averageAccuracy,
            @Nullable Figure forgetting,
            @Nullable Figure backwardTransfer,
            @Nullable Figure forwardTransfer,
            @Nullable Figure prequentialAccuracy,
            @Nullable Figure examplesPerSecond,
            @Nullable Figure processorSecondsPerThousand,
            long memoryBytes,
            @Nullable Figure macroF1,
            @Nullable Figure expectedCalibrationError,
            @Nullable Figure brier,
            @Nullable Figure negativeFlips,
            List<List<Double>> accuracyMatrix,
            Map<String, String> settings,
            List<Run> runs,
            List<String> failures) {}

    /** One seed of a strategy. {@code prequentialCurve} has counts: of predictions so far, and of those that were right. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Run(
            long seed,
            double averageAccuracy,
            @Nullable Double prequentialAccuracy,
            List<String> tasks,
            List<List<Double>> accuracyMatrix,
            Result.@Nullable Curve prequentialCurve,
            List<ClassScore> classes,
            List<Confusion> confusions,
            Result.Seconds seconds) {}

    /** Writes it at once, replacing what was there. */
    public void write(Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValue(part.toFile(), this);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
