package io.freshet.cli.backtest;

import io.freshet.core.measure.AccuracyMatrix;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What one strategy made of one stream.
 *
 * @param tasks in the order in which they came
 * @param untrained accuracy on each task before anything was learned
 * @param accuracyMatrix rows after each stretch of the stream, a column each task
 * @param prequential what was predicted before it was learned from; null where the stream was learned from repeatedly
 * @param learned examples, each as often as it was learned from
 * @param learningSeconds without the tests
 * @param testingSeconds of the tests
 * @param memoryBytes kept beside the model at the end
 */
record Result(
        List<String> tasks,
        List<Double> untrained,
        List<List<Double>> accuracyMatrix,
        @Nullable Curve prequential,
        long learned,
        double learningSeconds,
        double testingSeconds,
        long memoryBytes) {

    /**
     * How predictions before learning fared.
     *
     * @param seen how many there were at each point, rising
     * @param right how many of them were right
     */
    record Curve(List<Long> seen, List<Long> right) {
        double accuracy() {
            int last = seen.size() - 1;
            return last < 0 ? 0 : (double) right.get(last) / seen.get(last);
        }
    }

    private AccuracyMatrix matrix() {
        return new AccuracyMatrix(accuracyMatrix);
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
        return learned / Math.max(learningSeconds, 1e-9);
    }
}
