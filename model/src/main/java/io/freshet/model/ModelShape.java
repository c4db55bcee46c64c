package io.freshet.model;

/**
 * Sizes of a BERT that starts from random weights.
 *
 * @param layers transformer blocks, at least 1
 * @param hidden width, a multiple of {@code heads}
 * @param heads attention heads
 * @param intermediate width of the feed-forward layer
 * @param maxPositions longest text, tokens
 * @param dropout probability of every dropout, in [0, 1)
 */
public record ModelShape(int layers, int hidden, int heads, int intermediate, int maxPositions, double dropout) {

    /**
     * Small enough to learn a stream of 15,000 utterances in minutes on two cores. Without dropout: in a single pass over a
     * stream such a model underfits, and dropout cost it three points.
     */
    public static final ModelShape SMALL = new ModelShape(2, 128, 2, 512, 128, 0);

    public ModelShape {
        if (layers < 1 || hidden < 1 || heads < 1 || intermediate < 1 || maxPositions < 3) {
            throw new IllegalArgumentException(
                    "layers %d, hidden %d, heads %d and intermediate %d must be at least 1, maxPositions %d at least 3"
                            .formatted(layers, hidden, heads, intermediate, maxPositions));
        }
        if (hidden % heads != 0) {
            throw new IllegalArgumentException("hidden %d is not a multiple of heads %d".formatted(hidden, heads));
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout %s is outside [0, 1)".formatted(dropout));
        }
    }
}
