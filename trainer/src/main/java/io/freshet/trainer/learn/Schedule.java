package io.freshet.trainer.learn;

import java.util.Locale;

/**
 * Learning rate of each step: it rises linearly to {@code peak} over the warm-up and then follows {@code shape}. The same
 * on every machine: only correctly rounded operations and {@link StrictMath} are used.
 *
 * @param shape what follows the warm-up
 * @param peak rate at the end of the warm-up, positive
 * @param warmUp steps of the warm-up; 0 for none
 * @param horizon step at which {@link Shape#COSINE} arrives at its floor, above {@code warmUp}; not looked at otherwise
 * @param floor share of {@code peak} that {@link Shape#COSINE} falls to and stays at, in [0, 1]; not looked at otherwise
 */
public record Schedule(Shape shape, double peak, long warmUp, long horizon, double floor) {

    /** What follows the warm-up. */
    public enum Shape {
        /** {@code peak} for ever: for a stream without an end. */
        CONSTANT,
        /** Half a period of the cosine, from {@code peak} to the floor (Loshchilov and Hutter, "SGDR", 2017). */
        COSINE,
        /** {@code peak * sqrt(warmUp / step)} (Vaswani et al., "Attention is all you need", 2017): never at its end. */
        INVERSE_SQRT;

        /** Returns the name it has in a configuration. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Returns the shape of that name. */
        public static Shape of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    public Schedule {
        if (!(peak > 0 && peak < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("peak %s is not a positive number".formatted(peak));
        }
        if (warmUp < 0) {
            throw new IllegalArgumentException("warmUp %d is negative".formatted(warmUp));
        }
        if (shape == Shape.COSINE && horizon <= warmUp) {
            throw new IllegalArgumentException("horizon %d is not above warmUp %d".formatted(horizon, warmUp));
        }
        if (shape == Shape.INVERSE_SQRT && warmUp < 1) {
            throw new IllegalArgumentException("the inverse square root falls from the warm-up on; warmUp is 0");
        }
        if (!(floor >= 0 && floor <= 1)) {
            throw new IllegalArgumentException("floor %s is outside [0, 1]".formatted(floor));
        }
    }

    /** Returns the schedule that stays at its peak. */
    public static Schedule constant(double peak, long warmUp) {
        return new Schedule(Shape.CONSTANT, peak, warmUp, 0, 0);
    }

    /** Returns the same course with another peak. */
    public Schedule withPeak(double other) {
        return new Schedule(shape, other, warmUp, horizon, floor);
    }

    /** Returns the rate of step {@code step}, counted from 1. */
    public double at(long step) {
        if (step < warmUp) {
            return peak * step / warmUp;
        }
        return switch (shape) {
            case CONSTANT -> peak;
            case COSINE -> peak * (floor + (1 - floor) * (1 + StrictMath.cos(StrictMath.PI * progress(step))) / 2);
            case INVERSE_SQRT -> peak * StrictMath.sqrt((double) warmUp / step);
        };
    }

    private double progress(long step) {
        return Math.min(1.0, (double) (step - warmUp) / (horizon - warmUp));
    }
}
