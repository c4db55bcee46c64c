package io.freshet.model.arch;

/** The TorchScript around a network's {@code encode} and {@code head} that is the same for every architecture. */
final class ForwardScript {

    private ForwardScript() {}

    static String features() {
        return """
          def features(self, ps: List[Tensor], ids: Tensor, types: Tensor, present: Tensor) -> Tensor:
            hs = (self).encode(ps, ids, types, present, False, )
            mask = torch.to(torch.unsqueeze(present, 2), 6)
            count = torch.sum(mask, [1])
            means = annotate(List[Tensor], [])
            for i in range(torch.len(hs)):
              mean = torch.div(torch.sum(torch.mul(torch.to(hs[i], 6), mask), [1]), count)
              _0 = torch.append(means, mean)
            return torch.cat(means, 1)
        """;
    }

    static String logits() {
        return """
          def logits(self, ps: List[Tensor], ids: Tensor, types: Tensor, present: Tensor, dropout: bool) -> Tensor:
            hs = (self).encode(ps, ids, types, present, dropout, )
            return (self).head(ps, hs[-1], present, dropout, )
        """;
    }

    /**
     * The logits where a token is to be predicted and only there, because the vocabulary is wide: labels are int64 of
     * shape (batch, tokens), -100 where nothing is predicted. A causal model's output at one token predicts the next.
     */
    static String predictions(boolean causal) {
        String align = causal ? """
                    h = torch.slice(h, 1, 0, -1, 1)
                    ls = torch.slice(ls, 1, 1, 9223372036854775807, 1)
                """ : "";
        return """
                  def places(self, labels: Tensor) -> Tensor:
                    return torch.squeeze(torch.nonzero(torch.ne(torch.flatten(labels), -100)), 1)
                  def predictions(self, ps: List[Tensor], ids: Tensor, types: Tensor, present: Tensor, labels: Tensor, dropout: bool) -> Tuple[Tensor, Tensor]:
                    hs = (self).encode(ps, ids, types, present, dropout, )
                    h = hs[-1]
                    ls = labels
                """ + align + """
                    at = (self).places(ls, )
                    rows = torch.index_select(torch.flatten(h, 0, 1), 0, at)
                    return ((self).head(ps, rows, present, dropout, ), torch.index_select(torch.flatten(ls), 0, at))
                  def nats(self, ps: List[Tensor], ids: Tensor, types: Tensor, present: Tensor, labels: Tensor) -> Tensor:
                    x, y = (self).predictions(ps, ids, types, present, labels, False, )
                    return torch.cross_entropy_loss(x, y, None, 0, -100, 0.)
                """;
    }
}
