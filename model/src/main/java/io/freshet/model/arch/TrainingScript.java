package io.freshet.model.arch;

import java.util.List;

/** The TorchScript of one optimizer step, the same for every architecture. */
final class TrainingScript {

    private TrainingScript() {}

    /**
     * Weighted mean cross-entropy, the global norm of its gradient, and the gradients.
     *
     * <p>The sum of the weights is bounded from below so that a batch of weight 0 gives loss 0 and not a quotient of
     * zeros.
     */
    static String gradients() {
        return """
          def gradients(self, ps: List[Tensor], ids: Tensor, types: Tensor, present: Tensor, labels: Tensor, weights: Tensor, dropout: bool) -> Tuple[float, float, List[Tensor]]:
            x = (self).logits(ps, ids, types, present, dropout, )
            each = torch.cross_entropy_loss(x, labels, None, 0, -100, 0.)
            total = torch.clamp(torch.sum(weights), 9.9999999999999998e-13)
            loss = torch.div(torch.sum(torch.mul(each, weights)), total)
            found = torch.autograd.grad([loss], ps, None, None, False, True)
            gs = annotate(List[Tensor], [])
            for i in range(torch.len(ps)):
              g = found[i]
              if torch.__isnot__(g, None):
                _0 = torch.append(gs, unchecked_cast(Tensor, g))
              else:
                _1 = torch.append(gs, torch.zeros_like(ps[i]))
            norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(gs, 2)))
            return (float(torch.item(torch.detach(loss))), float(torch.item(norm)), gs)
        """;
    }

    /** Scales the gradients, then AdamW for each group of weights that shares rate and decay. */
    static String update(List<WeightSpec> weights) {
        StringBuilder text = new StringBuilder("""
                  def adamw(self, ps: List[Tensor], gs: List[Tensor], m: List[Tensor], v: List[Tensor], st: List[Tensor], lr: float, wd: float) -> int:
                    torch._foreach_add_(st, 1)
                    torch._fused_adamw_(ps, gs, m, v, annotate(List[Tensor], []), st, lr=lr, beta1=0.90000000000000002, beta2=0.999, weight_decay=wd, eps=1e-08, amsgrad=False, maximize=False)
                    return 0
                  def update(self, ps: List[Tensor], gs: List[Tensor], m: List[Tensor], v: List[Tensor], st: List[Tensor], clip: float, lr: float, headLr: float, wd: float, decayAll: bool) -> int:
                    torch._foreach_mul_(gs, clip)
                    plain = torch.mul(wd, int(decayAll))
                """);
        int begin = 0;
        for (int i = 1; i <= weights.size(); i++) {
            if (i == weights.size() || !sameGroup(weights.get(i - 1), weights.get(i))) {
                WeightSpec group = weights.get(begin);
                text.append("    n%d = (self).adamw(%s, %s, %s, %s, %s, %s, %s, )\n"
                        .formatted(
                                begin,
                                slice("ps", begin, i),
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
