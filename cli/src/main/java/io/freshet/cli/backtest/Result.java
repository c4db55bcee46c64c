package io.freshet.cli.backtest;

import io.freshet.core.measure.AccuracyMatrix;
import io.freshet.core.measure.ClassScore;
import io.freshet.core.measure.Confusion;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What one strategy made of one stream.
 *
 * @param tasks in the order in which they came
 * @param untrained accuracy on each task before anything was learned
 * @param accuracyMatrix rows after each stretch of the stream, a column each task
 * @param taskByTask whether each stretch was a task
 * @param prequential what was predicted before it was learned from; null where the stream was learned from repeatedly
 * @param quality of the answers at the end
 * @param learned examples, each as often as it was learned from
 * @param seconds what it took
 * @param memoryBytes kept beside the model at the end
 */
public record Result(
        List<String> tasks,
        List<Double> untrained,
        List<List<Double>> accuracyMatrix,
        boolean taskByTask,
        @Nullable Curve prequential,
        Quality quality,
        long learned,
        Seconds seconds,
        long memoryBytes) {

    /**
     * How predictions before learning fared.
     *
     * @param seen how many there were at each point, rising
     * @param right how many of them were right
     */
    public record Curve(List<Long> seen, List<Long> right) {
        double accuracy() {
            int last = seen.size() - 1;
            return last < 0 ? 0 : (double) right.get(last) / seen.get(last);
        }
    }

    /**
     * What the answers on all tests are worth.
     *
     * @param negativeFlips share of answers that were right the time before and are wrong now, from each test to the next
     * @param classes how well each label is recognised
     * @param confusions the most frequent
     */
    public record Quality(
            double macroF1,
            double expectedCalibrationError,
            double brier,
            double negativeFlips,
            List<ClassScore> classes,
            List<Confusion> confusions) {}

    /**
     * What it took.
     *
     * @param learning time that passed, tests left out
     * @param learningProcessor time of this process on processors, all threads, tests left out
     * @param testing time that passed
     */
    public record Seconds(double learning, double learningProcessor, double testing) {}

    private AccuracyMatrix matrix() {
        return new AccuracyMatrix(accuracyMatrix, taskByTask);
    }

    double averageAccuracy() {
        return matrix().averageAccuracy();
    }

    OptionalDouble forgetting() {
        return matrix().forgetting();
    }

    OptionalDouble backwardTransfer() {
        return matrix().backwardTransfer();
    }

    OptionalDouble forwardTransfer() {
        return matrix().forwardTransfer(untrained);
    }

    OptionalDouble prequentialAccuracy() {
        return prequential == null ? OptionalDouble.empty() : OptionalDouble.of(prequential.accuracy());
    }

    double examplesPerSecond() {
        return learned / Math.max(seconds.learning, 1e-9);
    }

    /** Returns how much time on processors a thousand examples take, seconds. */
    double processorSeconds() {
        return 1_000 * seconds.learningProcessor / Math.max(learned, 1);
    }
}
