package io.freshet.model.arch;

import io.freshet.model.tensor.TensorShape;
import java.util.Collections;
import java.util.List;

/**
 * The TorchScript of networks in which no token sees later ones: they can go on with a text from the keys and values that
 * they remember of it, instead of reading it again.
 *
 * <p>The memory {@code past} is a list of two tensors a layer, each of shape (batch, heads, tokens, size); an empty list
 * where nothing is to be remembered.
 */
final class MemoryScript {

    private MemoryScript() {}

    /**
     * {@code begin}: the memory of no token. {@code recall}: puts what a layer remembers in front of {@code x}, and
     * remembers both. {@code visible}: the mask, true where a token may look. {@code rotate}: see {@link Rope}.
     */
    static String memory(List<TensorShape> shapes, boolean bf16) {
        TensorShape shape = shapes.get(0);
        return """
                  def begin(self, ps: List[Tensor]) -> List[Tensor]:
                    x = torch.zeros(%s, dtype=%d, device=ops.prim.device(ps[0]))
                    return [%s]
                  def recall(self, past: List[Tensor], i: int, x: Tensor) -> Tensor:
                    if torch.gt(torch.len(past), 0):
                      y = torch.cat([past[i], x], 2)
                      _0 = torch._set_item(past, i, y)
                    else:
                      y = x
                    return y
                  def visible(self, present: Tensor, start: int) -> Tensor:
                    n = torch.size(present, 1)
                    at = torch.arange(n, device=ops.prim.device(present))
                    causal = torch.ge(torch.unsqueeze(torch.slice(at, 0, start, n, 1), 1), at)
                    return torch.logical_and(causal, torch.unsqueeze(torch.unsqueeze(present, 1), 1))
                  def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
                    a, b = torch.chunk(x, 2, -1)
                    c = torch.sub(torch.mul(a, cos), torch.mul(b, sin))
                    d = torch.add(torch.mul(b, cos), torch.mul(a, sin))
                    return torch.cat([c, d], -1)
                """.formatted(shape, bf16 ? 15 : 6, String.join(", ", Collections.nCopies(shapes.size(), "x")));
    }

    /** {@code encode} reads whole texts and remembers nothing. */
    static String encode() {
        return """
          def encode(self, ps: List[Tensor], ids: Tensor, types: Tensor, present: Tensor, dropout: bool) -> List[Tensor]:
            return (self).advance(ps, ids, types, annotate(List[Tensor], []), 0, present, dropout, )
        """;
    }

    /**
     * {@code next}: the logits of what follows one text, shape (1, vocabulary), and the memory with {@code ids} in it.
     * {@code ids} of shape (1, tokens) are what follows the tokens that {@code past} remembers.
     */
    static String next() {
        return """
          def next(self, ps: List[Tensor], ids: Tensor, past: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
            start = torch.size(past[0], 2)
            present = torch.ones([1, torch.add(start, torch.size(ids, 1))], dtype=11, device=ops.prim.device(ids))
            hs = (self).advance(ps, ids, torch.zeros_like(ids), past, start, present, False, )
            last = torch.select(hs[-1], 1, -1)
            return ((self).head(ps, last, present, False, ), past)
        """;
    }
}
