package io.freshet.model;

/**
 * How far a model is from what transformers computes: the largest absolute difference of each kind.
 *
 * @param tokens token ids that differ, padding included
 * @param logits logits before training
 * @param loss cross-entropy before training
 * @param gradients elements of the gradients that are given whole
 * @param gradientNorms norms of the gradient of each parameter
 * @param losses losses of three steps of AdamW
 * @param logitsAfter logits after those steps
 */
public record Parity(
        long tokens,
        double logits,
        double loss,
        double gradients,
        double gradientNorms,
        double losses,
        double logitsAfter) {

    /** Whether every difference is within its tolerance; a difference that is not a number is not. */
    public boolean passes() {
        return tokens == 0
                && logits <= 1e-5
                && loss <= 1e-6
                && gradients <= 1e-5
                && gradientNorms <= 1e-5
                && losses <= 1e-5
                && logitsAfter <= 1e-4;
    }
}
