package io.freshet.model.discriminant;

/**
 * An example that is added to statistics, or taken from them.
 *
 * @param weight how much it counts; negative takes it away
 */
public record Seen(String label, Features features, double weight) {
    public Seen {
        if (!Double.isFinite(weight)) {
            throw new IllegalArgumentException("weight %s is not a finite number".formatted(weight));
        }
    }

    /** Returns what undoes this. */
    public Seen undone() {
        return new Seen(label, features, -weight);
    }
}
