package io.freshet.trainer.learn;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How well examples are predicted before they are learned from ("prequential": Dawid 1984): over all of them and over
 * the last 1,000.
 */
final class Prequential {

    static final int WINDOW = 1_000;

    private final boolean[] ring = new boolean[WINDOW];
    private long count;
    private long right;
    private int rightInWindow;
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
        count = state.count - state.window.length();
        for (char outcome : state.window.toCharArray()) {
            put(outcome == '1');
        }
        right = state.right;
        lossSum = state.lossSum;
    }

    /**
     * Counts one prediction.
     *
     * @param probability probability given to the true label, in (0, 1]
     */
    void add(boolean isRight, double probability) {
        put(isRight);
        right += isRight ? 1 : 0;
        lossSum -= Math.log(probability);
    }

    private void put(boolean isRight) {
        int place = (int) (count % WINDOW);
        rightInWindow += (isRight ? 1 : 0) - (ring[place] ? 1 : 0);
        ring[place] = isRight;
        count++;
    }

    long count() {
        return count;
    }

    long right() {
        return right;
    }

    /** Returns the share predicted rightly, in [0, 1]; 0 before the first. */
    double accuracy() {
        return count == 0 ? 0 : (double) right / count;
    }

    /** Returns the share of the last 1,000 predicted rightly, in [0, 1]; 0 before the first. */
    double windowAccuracy() {
        return count == 0 ? 0 : (double) rightInWindow / Math.min(count, WINDOW);
    }

    /** Returns the mean negative log-probability of the true label, nats; 0 before the first. */
    double loss() {
        return count == 0 ? 0 : lossSum / count;
    }

    State state() {
        StringBuilder window = new StringBuilder();
        for (long i = Math.max(0, count - WINDOW); i < count; i++) {
            window.append(ring[(int) (i % WINDOW)] ? '1' : '0');
        }
        return new State(count, right, lossSum, window.toString());
    }
}
