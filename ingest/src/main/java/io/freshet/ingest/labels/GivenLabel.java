package io.freshet.ingest.labels;

/**
 * A label and when it was given.
 *
 * @param label the label's name
 * @param time milliseconds since the epoch; of two labels of one id the later one holds
 */
public record GivenLabel(String label, long time) {

    /** Returns the label that an example brought with it: whatever is said of the example afterwards is later. */
    public static GivenLabel withExample(String label) {
        return new GivenLabel(label, Long.MIN_VALUE);
    }

    boolean same(GivenLabel other) {
        return label.equals(other.label);
    }

    /** Returns whether this one holds against {@code other}; of two given at once the one that came last does. */
    boolean supersedes(GivenLabel other) {
        return time >= other.time;
    }

    GivenLabel notBefore(GivenLabel other) {
        return new GivenLabel(label, Math.max(time, other.time));
    }
}
