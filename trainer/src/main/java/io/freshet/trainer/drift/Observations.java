package io.freshet.trainer.drift;

/** The ranges of what detectors are given. */
final class Observations {

    private Observations() {}

    static IllegalArgumentException outside(String detector, double value, String range) {
        return new IllegalArgumentException("%s takes observations in %s, not %s".formatted(detector, range, value));
    }

    static void requireFinite(String detector, double value) {
        if (!Double.isFinite(value)) {
            throw outside(detector, value, "the finite numbers");
        }
    }

    /** Returns {@code value} if it is in (0, 1). */
    static double share(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException("%s %s is outside (0, 1)".formatted(name, value));
        }
        return value;
    }

    /** Returns {@code value} if it is a positive finite number. */
    static double positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s %s is not a positive number".formatted(name, value));
        }
        return value;
    }
}
