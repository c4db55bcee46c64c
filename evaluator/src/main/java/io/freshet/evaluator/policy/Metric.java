package io.freshet.evaluator.policy;

/** By what two models are compared. */
public enum Metric {
    /** Share of right answers. */
    ACCURACY("accuracy"),
    /** -ln(probability of the true label), nats, clipped to [0, {@link GatePolicy#logLossClip}]. */
    LOG_LOSS("log-loss"),
    /** Brier score of the whole distribution, in [0, 2]. */
    BRIER("brier"),
    /** Bits per token of a language model. */
    BITS("bits");

    /** The size of a vocabulary is an int. */
    private static final double MOST_BITS = 31;

    private final String code;

    Metric(String code) {
        this.code = code;
    }

    /** Returns the name in policy files. */
    public String code() {
        return code;
    }

    /**
     * Returns the width of the range of the scores, which every margin stays below; of bits, the most there can be.
     *
     * @param logLossClip nats
     */
    public double width(double logLossClip) {
        return switch (this) {
            case ACCURACY -> 1;
            case LOG_LOSS -> logLossClip;
            case BRIER -> 2;
            case BITS -> MOST_BITS;
        };
    }
}
