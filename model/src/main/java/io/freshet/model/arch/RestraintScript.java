package io.freshet.model.arch;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The TorchScript of steps that are held back, see {@link io.freshet.model.Restraint}, and of what tells the importance of
 * weights.
 *
 * <p>A list of trained weights, or of something each of them has, is either of all or of the head's alone. The head's come
 * last in both, so that they are counted from the end.
 */
final class RestraintScript {

    private RestraintScript() {}

    /**
     * Writes all methods.
     *
     * @param places where the trained weights stand among all, ascending
     * @param trained the trained weights
     */
    static String methods(List<Integer> places, List<WeightSpec> trained) {
        List<WeightSpec> head = trained.stream().filter(WeightSpec::head).toList();
        return rows(trained)
                + TrainingScript.update("updateHead", head)
                + partial()
                + importance()
                + moved(places, trained);
    }

    /** {@code rows}: each with its rows from the n-th on, where it has one a label. {@code norm}: the global norm of these. */
    private static String rows(List<WeightSpec> trained) {
        StringBuilder text = new StringBuilder("""
                  def rows(self, xs: List[Tensor], n: int) -> List[Tensor]:
                    ys = torch.slice(xs, 0, 9223372036854775807, 1)
                """);
        for (int i : rowsPerLabel(trained)) {
            text.append("    s%1$d = torch._set_item(ys, -%1$d, torch.slice(xs[-%1$d], 0, n, 9223372036854775807, 1))\n"
                    .formatted(i));
        }
        return text.append("""
                    return ys
                  def norm(self, gs: List[Tensor], n: int) -> float:
                    return float(torch.item(torch.linalg_vector_norm(torch.stack(torch._foreach_norm((self).rows(gs, n, ), 2)))))
                """).toString();
    }

    /** Returns the places, from the end and from 1 on, of the weights that have a row a label. */
    private static List<Integer> rowsPerLabel(List<WeightSpec> trained) {
        return IntStream.range(0, trained.size())
                .filter(i -> trained.get(i).rowPerLabel())
                .map(i -> trained.size() - i)
                .boxed()
                .toList();
    }

    /** {@code partial}: as {@code update}, of the head alone or of all, without the first n labels' rows. */
    private static String partial() {
        return """
          def partial(self, ts: List[Tensor], gs: List[Tensor], m: List[Tensor], v: List[Tensor], st: List[Tensor], clip: float, lr: float, headLr: float, wd: float, decayAll: bool, headOnly: bool, n: int) -> int:
            tr = (self).rows(ts, n, )
            gr = (self).rows(gs, n, )
            mr = (self).rows(m, n, )
            vr = (self).rows(v, n, )
            if headOnly:
              k = (self).updateHead(tr, gr, mr, vr, st, clip, lr, headLr, wd, decayAll, )
            else:
              k = (self).update(tr, gr, mr, vr, st, clip, lr, headLr, wd, decayAll, )
            return k
        """;
    }

    /**
     * {@code pull}: adds strength * importance * (weight - held weight) to gradients. {@code square}: adds the weighted
     * squares of gradients to sums. {@code consolidate}: importances become keep * what they were + share * sums.
     */
    private static String importance() {
        return """
          def pull(self, gs: List[Tensor], ts: List[Tensor], held: List[Tensor], importances: List[Tensor], strength: float) -> int:
            torch._foreach_addcmul_(gs, importances, torch._foreach_sub(ts, held), strength)
            return 0
          def square(self, sums: List[Tensor], gs: List[Tensor], weight: float) -> int:
            torch._foreach_addcmul_(sums, gs, gs, weight)
            return 0
          def consolidate(self, importances: List[Tensor], sums: List[Tensor], keep: float, share: float) -> int:
            torch._foreach_mul_(importances, keep)
            torch._foreach_add_(importances, sums, alpha=share)
            return 0
        """;
    }

    /** {@code moved}: all weights after a step of gradient descent that leaves the first n labels' rows; a list of its own. */
    private static String moved(List<Integer> places, List<WeightSpec> trained) {
        long body = trained.stream().filter(weight -> !weight.head()).count();
        StringBuilder text = new StringBuilder("""
                  def moved(self, ps: List[Tensor], gs: List[Tensor], lr: float, headLr: float, n: int) -> List[Tensor]:
                    ys = torch.slice(ps, 0, 9223372036854775807, 1)
                    places = %s
                """.formatted(places));
        for (int i : rowsPerLabel(trained)) {
            text.append("    z%1$d = torch.zero_(torch.slice(gs[-%1$d], 0, 0, n, 1))\n".formatted(i));
        }
        return text.append("""
                    first = torch.sub(torch.len(places), torch.len(gs))
                    for i in range(torch.len(gs)):
                      k = torch.add(first, i)
                      if torch.lt(k, %d):
                        rate = lr
                      else:
                        rate = headLr
                      y = torch.sub(ps[places[k]], gs[i], alpha=rate)
                      _0 = torch._set_item(ys, places[k], y)
                    return ys
                """.formatted(body)).toString();
    }
}
