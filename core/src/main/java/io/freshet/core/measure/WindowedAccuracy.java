package io.freshet.core.measure;

import java.util.BitSet;

/** Accuracy over the last predictions, and over all of them. */
public final class WindowedAccuracy {

    private final BitSet ring;
    private final int window;
    private long count;
    private long right;
    private int rightInWindow;

    /**
     * What a checkpoint keeps.
     *
     * @param count of all predictions
     * @param right of all predictions
     * @param window the last outcomes, oldest first, one character each: 1 right, 0 wrong
     */
    public record State(long count, long right, String window) {

        public static final State EMPTY = new State(0, 0, "");

        public State {
            if (right < 0 || right > count || window.length() > count) {
                throw new IllegalArgumentException("%d right of %d, the last %d outcomes kept, do not fit together"
                        .formatted(right, count, window.length()));
            }
        }
    }

    /**
     * @param window how many predictions it looks back on, at least 1
     * @param state of one with the same window
     */
    public WindowedAccuracy(int window, State state) {
        if (window < 1 || state.window.length() != Math.min(state.count, window)) {
            throw new IllegalArgumentException("a window of %d does not fit %d kept outcomes of %d"
                    .formatted(window, state.window.length(), state.count));
        }
        this.ring = new BitSet(window);
        this.window = window;
        this.count = state.count - state.window.length();
        state.window.chars().forEach(outcome -> put(outcome == '1'));
        this.right = state.right;
    }

    public void add(boolean isRight) {
        put(isRight);
        right += isRight ? 1 : 0;
    }

    private void put(boolean isRight) {
        int place = (int) (count % window);
        rightInWindow += (isRight ? 1 : 0) - (ring.get(place) ? 1 : 0);
        ring.set(place, isRight);
        count++;
    }

    public long count() {
        return count;
    }

    public long right() {
        return right;
    }

    /** Returns the share of all predictions that were right, in [0, 1]; 0 before the first. */
    public double overall() {
        return count == 0 ? 0 : (double) right / count;
    }

    /** Returns the share of the last predictions that were right, in [0, 1]; 0 before the first. */
    public double inWindow() {
        return count == 0 ? 0 : (double) rightInWindow / Math.min(count, window);
    }

    public State state() {
        StringBuilder outcomes = new StringBuilder();
        for (long i = Math.max(0, count - window); i < count; i++) {
            outcomes.append(ring.get((int) (i % window)) ? '1' : '0');
        }
        return new State(count, right, outcomes.toString());
    }
}
