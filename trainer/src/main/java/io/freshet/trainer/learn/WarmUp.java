package io.freshet.trainer.learn;

/**
 * Learning rate that rises linearly to {@code peak} over the first steps and stays there.
 *
 * @param peak rate after the warm-up, positive
 * @param steps length of the warm-up; 0 for none
 */
public record WarmUp(double peak, long steps) {
    public WarmUp {
        if (!(peak > 0 && peak < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("peak %s is not a positive number".formatted(peak));
        }
        if (steps < 0) {
            throw new IllegalArgumentException("steps %d is negative".formatted(steps));
        }
    }

    /** Returns the rate of step {@code step}, counted from 1. */
    public double at(long step) {
        return step >= steps ? peak : peak * step / steps;
    }
}
