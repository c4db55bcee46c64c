package io.freshet.evaluator.statistics;

/**
 * Levels of a sequence of tests without end, by e-LOND (Xu and Ramdas, "Online multiple testing with e-values", 2024): the
 * false discovery rate stays at most alpha under any dependence between the tests.
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
}
