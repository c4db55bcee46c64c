package io.freshet.evaluator.gate;

import io.freshet.core.measure.Calibration;
import io.freshet.evaluator.statistics.LabelTally;
import io.freshet.schemas.LabelQuality;
import io.freshet.schemas.Pair;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The confusion of both models of the open trial, a few counters a label, and how far their probabilities can be believed. */
final class LabelTallies {

    private static final String PREFIX = "tally/";
    private static final String CALIBRATION = "calibration/";

    private final Table<long[]> counters;

    LabelTallies(Table<long[]> counters) {
        this.counters = counters;
    }

    /** Counts both models' answers of one pair. */
    void add(Pair pair) {
        add(GateState.Role.CHAMPION, pair.getLabel(), pair.getChampionPredicted());
        add(GateState.Role.CANDIDATE, pair.getLabel(), pair.getCandidatePredicted());
        calibrate(
                GateState.Role.CHAMPION,
                pair.getChampionConfidence(),
                pair.getLabel().equals(pair.getChampionPredicted()),
                pair.getChampionBrier());
        calibrate(
                GateState.Role.CANDIDATE,
                pair.getCandidateConfidence(),
                pair.getLabel().equals(pair.getCandidatePredicted()),
                pair.getCandidateBrier());
    }

    private void add(GateState.Role role, String label, @Nullable String predicted) {
        if (label.equals(predicted)) {
            change(role, label, LabelTally::hit);
            return;
        }
        change(role, label, LabelTally::missed);
        if (predicted != null) {
            change(role, predicted, LabelTally::mistaken);
        }
    }

    /** Returns the counts of one label. */
    LabelTally of(GateState.Role role, String label) {
        return tally(counters.get(prefix(role) + label));
    }

    Collection<LabelTally> of(GateState.Role role) {
        return counters.keys(prefix(role)).stream()
                .map(key -> tally(counters.get(key)))
                .toList();
    }

    /** Returns the labels with the most examples, at most {@code most}, those first; by name where they have as many. */
    List<LabelQuality> commonest(GateState.Role role, int most) {
        return counters.keys(prefix(role)).stream()
                .map(key -> quality(key.substring(prefix(role).length()), tally(counters.get(key))))
                .sorted(Comparator.comparingLong(LabelQuality::getExamples).reversed())
                .limit(most)
                .toList();
    }

    private static LabelQuality quality(String label, LabelTally tally) {
        return new LabelQuality(label, tally.truths(), tally.precision(), tally.recall());
    }

    /** Returns the calibration over the scores that say how probable the answer was. */
    Calibration calibration(GateState.Role role) {
        return StoredStatistics.calibration(counters.get(CALIBRATION + role));
    }

    private void calibrate(GateState.Role role, @Nullable Double confidence, boolean right, @Nullable Double brier) {
        if (confidence != null && brier != null && confidence >= 0 && confidence <= 1 && brier >= 0 && brier <= 2) {
            Calibration calibration = calibration(role);
            calibration.add(confidence, right, brier);
            counters.put(CALIBRATION + role, StoredStatistics.longs(calibration));
        }
    }

    void clear() {
        counters.removeAll(PREFIX);
        counters.removeAll(CALIBRATION);
    }

    private void change(GateState.Role role, String label, UnaryOperator<LabelTally> step) {
        String key = prefix(role) + label;
        LabelTally changed = step.apply(tally(counters.get(key)));
        counters.put(key, new long[] {changed.truths(), changed.predictions(), changed.hits()});
    }

    private static LabelTally tally(long @Nullable [] stored) {
        return stored == null ? LabelTally.NONE : new LabelTally(stored[0], stored[1], stored[2]);
    }

    private static String prefix(GateState.Role role) {
        return PREFIX + role + "/";
    }
}
