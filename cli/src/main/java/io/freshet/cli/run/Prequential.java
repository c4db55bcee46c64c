package io.freshet.cli.run;

import io.freshet.schemas.TrainingMetrics;
import java.util.List;

/**
 * Accuracy on examples before they were learned from.
 *
 * @param accuracy over the whole stream, in [0, 1]; 0 if nothing was learned from
 * @param lastQuarterAccuracy over its last quarter, to the step
 */
record Prequential(double accuracy, double lastQuarterAccuracy) {

    /**
     * Takes both from cumulative accuracies.
     *
     * @param metrics of the steps in order; the more of them, the more exact the last quarter
     */
    static Prequential of(List<TrainingMetrics> metrics) {
        if (metrics.isEmpty() || metrics.get(metrics.size() - 1).getTrained() == 0) {
            return new Prequential(0, 0);
        }
        TrainingMetrics last = metrics.get(metrics.size() - 1);
        double rightBefore = 0;
        long before = 0;
        for (TrainingMetrics step : metrics) {
            if (4 * step.getTrained() > 3 * last.getTrained()) {
                break;
            }
            before = step.getTrained();
            rightBefore = step.getPrequentialAccuracy() * before;
        }
        double right = last.getPrequentialAccuracy() * last.getTrained() - rightBefore;
        return new Prequential(last.getPrequentialAccuracy(), right / (last.getTrained() - before));
    }
}
