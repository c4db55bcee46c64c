package io.freshet.model.pretrain;

/**
 * Learning rate over a budget: up from 0 in a straight line, then down to 0 in a straight line.
 *
 * @param peak highest rate
 * @param warmUp share of the budget in which it rises, in [0, 1)
 */
public record RateCurve(double peak, double warmUp) {

    public RateCurve {
        if (!(peak > 0 && peak < 1)) {
            throw new IllegalArgumentException("a peak rate of %s is outside (0, 1)".formatted(peak));
        }
        if (!(warmUp >= 0 && warmUp < 1)) {
            throw new IllegalArgumentException("a warm-up of %s is outside [0, 1)".formatted(warmUp));
        }
    }

    /** Returns the rate where a share of the budget, in [0, 1], is spent. */
    double at(double spent) {
        return spent < warmUp ? peak * spent / warmUp : peak * (1 - spent) / (1 - warmUp);
    }
}
