package io.freshet.evaluator.gate;

import io.freshet.evaluator.statistics.LabelTally;
import io.freshet.schemas.ExampleScore;
import java.util.Collection;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The confusion of both models of the open trial, a few counters a label. */
final class LabelTallies {

    private static final String PREFIX = "tally/";

    private final Table<long[]> counters;

    LabelTallies(Table<long[]> counters) {
        this.counters = counters;
    }

    /** Counts one answer of the model in {@code role}. */
    void add(GateState.Role role, ExampleScore score) {
        String predicted = score.getPredicted();
        if (score.getLabel().equals(predicted)) {
            change(role, score.getLabel(), LabelTally::hit);
            return;
        }
        change(role, score.getLabel(), LabelTally::missed);
        if (predicted != null) {
            change(role, predicted, LabelTally::mistaken);
        }
    }

    Collection<LabelTally> of(GateState.Role role) {
        return counters.keys(prefix(role)).stream()
                .map(key -> tally(counters.get(key)))
                .toList();
    }

    void clear() {
        counters.removeAll(PREFIX);
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
