package io.freshet.model.arch;

/**
 * The TorchScript of a classifier's loss with guides, see {@link io.freshet.model.Guide}.
 *
 * <p>The guides come as one tensor {@code guide}, float32 of shape ({@link #PLANES}, batch, labels). With logits x, what
 * an example has beside its cross-entropy is the sum over the labels of
 * strengths * (x - recalled)² + taught * (truths - log softmax(x * coolness among reach)).
 */
public final class GuidedScript {

    /** 1 where a label is in the softmax of the cross-entropy, else 0. */
    public static final int ALLOWED = 0;

    /** Logits to come back to. */
    public static final int RECALLED = 1;

    /** Weight of each squared difference from them. */
    public static final int STRENGTHS = 2;

    /** The teacher's probabilities, times their weight and the temperature's square. */
    public static final int TAUGHT = 3;

    /** Logarithms of the teacher's probabilities; 0 outside its reach. */
    public static final int TRUTHS = 4;

    /** 1 where the teacher knows a label, else 0; 1 everywhere without a teacher. */
    public static final int REACH = 5;

    /** The inverse of the temperature, the same for all labels. */
    public static final int COOLNESS = 6;

    /** The number of planes. */
    public static final int PLANES = 7;

    private GuidedScript() {}

    /** {@code guidedLoss}: as {@code loss}, with guides. {@code guidedGradients}: as {@code gradients}. */
    static String methods() {
        return """
          def within(self, x: Tensor, chosen: Tensor) -> Tensor:
            return torch.log_softmax(torch.masked_fill(x, torch.eq(chosen, 0), -1e+30), 1)
          def guidedLoss(self, ps: List[Tensor], ids: Tensor, types: Tensor, present: Tensor, labels: Tensor, weights: Tensor, total: float, dropout: bool, smoothing: float, guide: Tensor) -> Tensor:
            x = (self).logits(ps, ids, types, present, dropout, )
            allowed = torch.select(guide, 0, 0)
            found = (self).within(x, allowed, )
            own = torch.squeeze(torch.gather(found, 1, torch.unsqueeze(labels, 1)), 1)
            even = torch.div(torch.sum(torch.mul(found, allowed), [1]), torch.sum(allowed, [1]))
            entropy = torch.neg(torch.add(torch.mul(own, torch.sub(1., smoothing)), torch.mul(even, smoothing)))
            away = torch.sub(x, torch.select(guide, 0, 1))
            recalled = torch.sum(torch.mul(torch.mul(away, away), torch.select(guide, 0, 2)), [1])
            cooled = (self).within(torch.mul(x, torch.select(guide, 0, 6)), torch.select(guide, 0, 5), )
            taught = torch.sum(torch.mul(torch.sub(torch.select(guide, 0, 4), cooled), torch.select(guide, 0, 3)), [1])
            each = torch.add(torch.add(torch.mul(entropy, weights), recalled), taught)
            return torch.div(torch.sum(each), total)
          def guidedGradients(self, ps: List[Tensor], ts: List[Tensor], ids: Tensor, types: Tensor, present: Tensor, labels: Tensor, weights: Tensor, total: float, dropout: bool, smoothing: float, guide: Tensor) -> Tuple[float, float, List[Tensor]]:
            loss = (self).guidedLoss(ps, ids, types, present, labels, weights, total, dropout, smoothing, guide, )
            return (self).slopes(loss, ts, )
        """;
    }
}
