package io.freshet.model.arch;

/** What a weight is before anything was learned. */
public enum Initial {
    /** Drawn from a normal distribution of mean 0 and the configuration's {@code initializer_range}. */
    NORMAL,
    ZERO,
    ONE,
    /** Drawn uniformly from within 1 / sqrt(last extent) of 0, as PyTorch starts linear layers. */
    FAN_IN
}
