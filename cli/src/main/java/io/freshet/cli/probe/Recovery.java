package io.freshet.cli.probe;

import io.freshet.trainer.OfflinePass;
import io.freshet.trainer.drift.DriftAlarm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How a model that learns a stream comes through a change of it. Accuracies are prequential: of examples predicted before
 * they are learned from, over a window.
 *
 * @param before accuracy of the last window before the change
 * @param lowest accuracy of the worst window after it
 * @param after accuracy of the last window
 * @param recovered examples after the change until the last {@link #WINDOW} of them were predicted within
 *     {@link #TOLERANCE} of {@code before}; nothing if they never were
 * @param falseAlarms alarms before the change
 * @param alarms alarms after it
 */
public record Recovery(
        double before,
        double lowest,
        double after,
        OptionalInt recovered,
        List<DriftAlarm> falseAlarms,
        List<DriftAlarm> alarms) {

    /** Examples that an accuracy is of. */
    public static final int WINDOW = 500;

    /** What counts as the old level again. */
    public static final double TOLERANCE = 0.02;

    /** Learns the stream from a model and settings of the trainer, over its defaults. */
    public static Recovery of(SwappedStream stream, Path model, Map<String, String> settings) {
        try (OfflinePass pass = OfflinePass.start(model, settings)) {
            List<Integer> right = new ArrayList<>();
            int atOnce = pass.atOnce();
            for (int from = 0; from < stream.texts().size(); from += atOnce) {
                int to = Math.min(stream.texts().size(), from + atOnce);
                right.add((int) pass.learn(stream.texts().subList(from, to)));
            }
            return of(stream, right, atOnce, pass.alarms());
        }
    }

    /**
     * Reckons from counts.
     *
     * @param right how many of each {@code atOnce} examples were predicted rightly
     */
    static Recovery of(SwappedStream stream, List<Integer> right, int atOnce, List<DriftAlarm> alarms) {
        int cuts = Math.max(1, WINDOW / atOnce);
        int changeCut = stream.change() / atOnce;
        double before = accuracy(right, changeCut - cuts, changeCut, atOnce);
        double lowest = 1;
        double after = 0;
        OptionalInt recovered = OptionalInt.empty();
        int firstCut = (stream.change() + atOnce - 1) / atOnce;
        int whole = stream.texts().size() / atOnce; // the last cut may be a shorter one
        for (int end = firstCut + cuts; end <= whole; end++) {
            after = accuracy(right, end - cuts, end, atOnce);
            lowest = Math.min(lowest, after);
            if (recovered.isEmpty() && after >= before - TOLERANCE) {
                recovered = OptionalInt.of(end * atOnce - stream.change());
            }
        }
        return new Recovery(
                before,
                lowest,
                after,
                recovered,
                alarms.stream().filter(alarm -> alarm.at() < stream.change()).toList(),
                alarms.stream().filter(alarm -> alarm.at() >= stream.change()).toList());
    }

    private static double accuracy(List<Integer> right, int from, int to, int atOnce) {
        return right.subList(from, to).stream().mapToInt(Integer::intValue).sum() / ((double) (to - from) * atOnce);
    }
}
