package io.freshet.trainer.learn;

import java.util.List;

/** How many tokens of a step are computed at once, padding included: what is left is computed after, and the gradients added. */
final class ComputeBudget {

    /** Stands for no limit in {@link io.freshet.model.StepSettings#tokenBudget}. */
    static final int NO_LIMIT = 0;

    private ComputeBudget() {}

    /**
     * Returns the budget.
     *
     * @param lengths tokens of each text of the step
     * @param parts into how many parts at least the step is divided, as far as single texts allow
     * @param most largest budget; 0 for no limit
     */
    static int of(List<Integer> lengths, int parts, int most) {
        if (parts == 1) {
            return most;
        }
        long tokens = lengths.stream().mapToLong(Integer::longValue).sum();
        int share = Math.toIntExact(Math.max(1, tokens / parts));
        return most == NO_LIMIT ? share : Math.min(most, share);
    }
}
