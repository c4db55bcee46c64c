package io.freshet.cli.run;

import io.freshet.schemas.TrainingMetrics;
import java.util.ArrayList;
import java.util.List;

/** Draws accuracy before learning over the stream, in text. */
public final class LearningCurve {

    private static final int POINTS = 12;
    private static final int WIDTH = 50;

    private LearningCurve() {}

    /** Returns a heading and up to {@value #POINTS} bars, evenly spaced over the examples. */
    public static List<String> lines(List<TrainingMetrics> metrics) {
        List<String> lines = new ArrayList<>();
        lines.add("accuracy before learning, over the last 1,000 examples");
        if (metrics.isEmpty()) {
            return lines;
        }
        long last = metrics.get(metrics.size() - 1).getTrained();
        int point = 1;
        for (TrainingMetrics step : metrics) {
            if (step.getTrained() * POINTS >= last * point) {
                lines.add("%,9d  %5.1f %%  %-3d labels  %s"
                        .formatted(step.getTrained(), 100 * step.getWindowAccuracy(), step.getLabels(), "#".repeat((int)
                                        Math.round(WIDTH * step.getWindowAccuracy()))));
                point = (int) (step.getTrained() * POINTS / last) + 1;
            }
        }
        return lines;
    }
}
