package io.freshet.model;

/**
 * How a model is opened.
 *
 * @param maxTokens longest encoded text, special tokens included; cut to the model's own maximum
 * @param seed seeds a fresh head
 * @param threads threads of one operation, process-wide; 0 for half of the processors, at least 1
 * @param precision what the model computes in
 * @param tuning which weights are trained; of no matter where the model only answers
 * @param device where it computes: {@code cpu}, {@code cuda:N}, or {@code auto} for the first CUDA device there is
 */
public record ModelOptions(int maxTokens, long seed, int threads, Precision precision, Tuning tuning, String device) {

    public static final ModelOptions DEFAULTS = new ModelOptions(128, 17, 0);

    public ModelOptions {
        if (maxTokens < 3) {
            throw new IllegalArgumentException("maxTokens %d is below 3".formatted(maxTokens));
        }
        if (threads < 0) {
            throw new IllegalArgumentException("threads %d is negative".formatted(threads));
        }
    }

    /** All weights, in fp32, where there is a device for it on that. */
    public ModelOptions(int maxTokens, long seed, int threads) {
        this(maxTokens, seed, threads, Precision.FP32, Tuning.FULL, "auto");
    }

    public ModelOptions withMaxTokens(int other) {
        return new ModelOptions(other, seed, threads, precision, tuning, device);
    }

    public ModelOptions withPrecision(Precision other) {
        return new ModelOptions(maxTokens, seed, threads, other, tuning, device);
    }

    public ModelOptions withTuning(Tuning other) {
        return new ModelOptions(maxTokens, seed, threads, precision, other, device);
    }

    public ModelOptions withDevice(String other) {
        return new ModelOptions(maxTokens, seed, threads, precision, tuning, other);
    }
}
