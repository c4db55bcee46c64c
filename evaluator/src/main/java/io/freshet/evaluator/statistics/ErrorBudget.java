package io.freshet.evaluator.statistics;

/**
 * Levels of a sequence of tests without end: {@link #level} by e-LOND (Xu and Ramdas, "Online multiple testing with e-values",
 * 2024), which holds the false discovery rate at alpha under any dependence between the tests, and {@link #spend} by alpha
 * spending, which holds the probability of even one false discovery there and gives less to every test after a promotion.
 */
public final class ErrorBudget {

    private ErrorBudget() {}

    /**
     * Returns alpha_k = alpha 6 / (pi^2 k^2) (promotions + 1); the weights 6 / (pi^2 k^2) add up to 1.
     *
     * @param alpha false discovery rate, in (0, 1)
     * @param trial k, the number of the trial, from 1; abandoned trials count too
     * @param promotions promotions before the trial opened, fewer than {@code trial}
     */
    public static double level(double alpha, int trial, int promotions) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha %s is outside (0, 1)".formatted(alpha));
        }
        if (trial < 1 || promotions < 0 || promotions >= trial) {
            throw new IllegalArgumentException(
                    "trial %d must be at least 1 and promotions %d in [0, %d)".formatted(trial, promotions, trial));
        }
        double weight = 6 / (Math.PI * Math.PI * trial * trial);
        return alpha * weight * (promotions + 1);
    }

    /**
     * Returns alpha_k = alpha 6 / (pi^2 k^2): the levels of all trials add up to alpha.
     *
     * @param alpha probability of any false promotion, in (0, 1)
     * @param trial k, from 1; abandoned trials count too
     */
    public static double spend(double alpha, int trial) {
        return level(alpha, trial, 0);
    }
}
