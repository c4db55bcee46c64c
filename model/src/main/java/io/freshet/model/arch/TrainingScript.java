package io.freshet.model.arch;

import java.util.List;

/** The TorchScript of one optimizer step, the same for every architecture. */
final class TrainingScript {

    private TrainingScript() {}

    /** Weighted cross-entropy of labels, int64 of shape (batch), summed and divided by {@code total}. */
    static String classificationLoss() {
        return """
          def loss(self, ps: List[Tensor], ids: Tensor, types: Tensor, present: Tensor, labels: Tensor, weights: Tensor, total: float, dropout: bool, smoothing: float) -> Tensor:
            x = (self).logits(ps, ids, types, present, dropout, )
            each = torch.cross_entropy_loss(x, labels, None, 0, -100, smoothing)
            return torch.div(torch.sum(torch.mul(each, weights)), total)
        """;
    }

    /** Weighted cross-entropy of predicted tokens; weights are one a predicted token. */
    static String languageModelLoss() {
        return """
          def loss(self, ps: List[Tensor], ids: Tensor, types: Tensor, present: Tensor, labels: Tensor, weights: Tensor, total: float, dropout: bool, smoothing: float) -> Tensor:
            x, y = (self).predictions(ps, ids, types, present, labels, dropout, )
            each = torch.cross_entropy_loss(x, y, None, 0, -100, smoothing)
            return torch.div(torch.sum(torch.mul(each, weights)), total)
        """;
    }

    /** {@code slopes}: a loss, the global norm of its gradient, and the gradients with respect to {@code ts}. */
    static String slopes() {
        return """
          def slopes(self, loss: Tensor, ts: List[Tensor]) -> Tuple[float, float, List[Tensor]]:
            found = torch.autograd.grad([loss], ts, None, None, False, True)
            gs = annotate(List[Tensor], [])
            for i in range(torch.len(ts)):
              g = found[i]
              if torch.__isnot__(g, None):
                _0 = torch.append(gs, unchecked_cast(Tensor, g))
              else:
                _1 = torch.append(gs, torch.zeros_like(ts[i]))
            norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(gs, 2)))
            return (float(torch.item(torch.detach(loss))), float(torch.item(norm)), gs)
        """;
    }

    /**
     * The loss, the global norm of its gradient, and the gradients with respect to {@code ts}, the trained among the
     * weights.
     *
     * <p>{@code total} is what the sum of the losses is divided by: the sum of the weights of all batches that make up a
     * step, so that their gradients can be added.
     */
    static String gradients() {
        return """
          def gradients(self, ps: List[Tensor], ts: List[Tensor], ids: Tensor, types: Tensor, present: Tensor, labels: Tensor, weights: Tensor, total: float, dropout: bool, smoothing: float) -> Tuple[float, float, List[Tensor]]:
            loss = (self).loss(ps, ids, types, present, labels, weights, total, dropout, smoothing, )
            return (self).slopes(loss, ts, )
        """;
    }

    /** {@code accumulate}: adds gradients to others and returns the norm of the sums. {@code average}: see TorchLearner. */
    static String sums() {
        return """
          def accumulate(self, sums: List[Tensor], gs: List[Tensor]) -> float:
            torch._foreach_add_(sums, gs)
            return float(torch.item(torch.linalg_vector_norm(torch.stack(torch._foreach_norm(sums, 2)))))
          def average(self, means: List[Tensor], ts: List[Tensor], share: float) -> int:
            torch._foreach_lerp_(means, ts, share)
            return 0
        """;
    }

    /** {@code adamw}: a step of it for weights that share rate and decay. */
    static String adamw() {
        return """
          def adamw(self, ts: List[Tensor], gs: List[Tensor], m: List[Tensor], v: List[Tensor], st: List[Tensor], lr: float, wd: float) -> int:
            torch._foreach_add_(st, 1)
            torch._fused_adamw_(ts, gs, m, v, annotate(List[Tensor], []), st, lr=lr, beta1=0.90000000000000002, beta2=0.999, weight_decay=wd, eps=1e-08, amsgrad=False, maximize=False)
            return 0
        """;
    }

    /**
     * Scales the gradients, then AdamW for each group of trained weights that shares rate and decay.
     *
     * @param name the method's
     * @param trained the weights that it is called with
     */
    static String update(String name, List<WeightSpec> trained) {
        StringBuilder text = new StringBuilder("""
                  def %s(self, ts: List[Tensor], gs: List[Tensor], m: List[Tensor], v: List[Tensor], st: List[Tensor], clip: float, lr: float, headLr: float, wd: float, decayAll: bool) -> int:
                    torch._foreach_mul_(gs, clip)
                    plain = torch.mul(wd, int(decayAll))
                """.formatted(name));
        int begin = 0;
        for (int i = 1; i <= trained.size(); i++) {
            if (i == trained.size() || !sameGroup(trained.get(i - 1), trained.get(i))) {
                WeightSpec group = trained.get(begin);
                text.append("    n%d = (self).adamw(%s, %s, %s, %s, %s, %s, %s, )\n"
                        .formatted(
                                begin,
                                slice("ts", begin, i),
                                slice("gs", begin, i),
                                slice("m", begin, i),
                                slice("v", begin, i),
                                slice("st", begin, i),
                                group.head() ? "headLr" : "lr",
                                group.decays() ? "wd" : "plain"));
                begin = i;
            }
        }
        return text.append("    return 0\n").toString();
    }

    private static boolean sameGroup(WeightSpec a, WeightSpec b) {
        return a.head() == b.head() && a.decays() == b.decays();
    }

    private static String slice(String list, int begin, int end) {
        return "torch.slice(%s, %d, %d, 1)".formatted(list, begin, end);
    }
}
