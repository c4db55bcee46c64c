package io.freshet.model.arch;

import java.util.Comparator;
import java.util.List;

/**
 * The program of a classifier and the weights it is called with.
 *
 * @param methods TorchScript: {@code logits}, {@code gradients} and {@code update}
 * @param weights in the order in which the program takes them: body before head, decaying before not decaying
 */
public record ClassifierProgram(String methods, List<WeightSpec> weights) {

    public ClassifierProgram {
        weights = List.copyOf(weights);
    }

    /**
     * Completes a network.
     *
     * @param layers the network
     * @param logits name of its last tensor, shape (batch, labels)
     */
    static ClassifierProgram of(Layers layers, String logits) {
        List<WeightSpec> weights = layers.weights().stream()
                .sorted(Comparator.comparing(WeightSpec::head).thenComparing(weight -> !weight.decays()))
                .toList();
        String text =
                forward(weights, layers.text(), logits) + TrainingScript.gradients() + TrainingScript.update(weights);
        return new ClassifierProgram(text, weights);
    }

    private static String forward(List<WeightSpec> weights, String body, String logits) {
        StringBuilder text = new StringBuilder(
                "  def logits(self, ps: List[Tensor], ids: Tensor, types: Tensor, present: Tensor, dropout: bool) -> Tensor:\n");
        for (int i = 0; i < weights.size(); i++) {
            text.append(
                    "    %s = ps[%d]\n".formatted(Layers.variable(weights.get(i).name()), i));
        }
        return text.append(body)
                .append("    return ")
                .append(logits)
                .append('\n')
                .toString();
    }
}
