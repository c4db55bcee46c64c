package io.freshet.evaluator.policy;

/** How the error budget is shared out over candidates without end: see {@link io.freshet.evaluator.statistics.ErrorBudget}. */
public enum Budget {
    /** Holds the false discovery rate at alpha. */
    E_LOND("e-lond"),
    /** Holds the probability of any false promotion at alpha. */
    ALPHA_SPENDING("alpha-spending");

    private final String code;

    Budget(String code) {
        this.code = code;
    }

    /** Returns the name in policy files. */
    public String code() {
        return code;
    }
}
