package io.freshet.trainer.learn;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.core.measure.WindowedAccuracy;

/**
 * How well examples are predicted before they are learned from ("prequential": Dawid 1984): over all of them and over
 * the last 1,000.
 */
final class Prequential {

    static final int WINDOW = 1_000;

    private final WindowedAccuracy accuracy;
    private double lossSum;

    /**
     * What a checkpoint keeps.
     *
     * @param window the last outcomes, oldest first, one character each: 1 right, 0 wrong
     */
    record State(
            @JsonProperty("count") long count,
            @JsonProperty("right") long right,
            @JsonProperty("lossSum") double lossSum,
            @JsonProperty("window") String window) {

        static final State EMPTY = new State(0, 0, 0, "");

        State {
            if (right < 0 || right > count || window.length() != Math.min(count, WINDOW)) {
                throw new IllegalArgumentException("%d right of %d, the last %d outcomes kept, do not fit together"
                        .formatted(right, count, window.length()));
            }
        }
    }

    Prequential(State state) {
        accuracy = new WindowedAccuracy(WINDOW, new WindowedAccuracy.State(state.count, state.right, state.window));
        lossSum = state.lossSum;
    }

    /**
     * Counts one prediction.
     *
     * @param probability probability given to the true label, in (0, 1]
     */
    void add(boolean isRight, double probability) {
        accuracy.add(isRight);
        lossSum -= Math.log(probability);
    }

    long count() {
        return accuracy.count();
    }

    long right() {
        return accuracy.right();
    }

    /** Returns the share predicted rightly, in [0, 1]; 0 before the first. */
    double accuracy() {
        return accuracy.overall();
    }

    /** Returns the share of the last 1,000 predicted rightly, in [0, 1]; 0 before the first. */
    double windowAccuracy() {
        return accuracy.inWindow();
    }

    /** Returns the mean negative log-probability of the true label, nats; 0 before the first. */
    double loss() {
        return count() == 0 ? 0 : lossSum / count();
    }

    State state() {
        WindowedAccuracy.State state = accuracy.state();
        return new State(state.count(), state.right(), lossSum, state.window());
    }
}
