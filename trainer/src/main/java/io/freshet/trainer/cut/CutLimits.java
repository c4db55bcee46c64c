package io.freshet.trainer.cut;

/**
 * When a micro-batch is full.
 *
 * @param examples most examples in it, at least 1
 * @param tokens most tokens in it, at least 1; a single example may exceed it
 */
public record CutLimits(int examples, int tokens) {

    /** No limit: what is there becomes one micro-batch, which is how a recorded cut is repeated. */
    public static final CutLimits NONE = new CutLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);

    public CutLimits {
        if (examples < 1) {
            throw new IllegalArgumentException("examples %d is below 1".formatted(examples));
        }
        if (tokens < 1) {
            throw new IllegalArgumentException("tokens %d is below 1".formatted(tokens));
        }
    }

    /** Returns the limits of {@code count} micro-batches together. */
    public CutLimits times(int count) {
        return new CutLimits(product(examples, count), product(tokens, count));
    }

    private static int product(int limit, int count) {
        return (int) Math.min(Integer.MAX_VALUE, (long) limit * count);
    }
}
