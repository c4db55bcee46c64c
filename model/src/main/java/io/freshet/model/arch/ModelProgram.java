package io.freshet.model.arch;

import io.freshet.model.Objective;
import java.util.Comparator;
import java.util.List;

/**
 * The program of a model and the weights it is called with.
 *
 * <p>Its methods take the weights {@code ps}, in the order of {@code weights}, and padded texts: {@code ids} and
 * {@code types}, int64 of shape (batch, tokens), and {@code present}, bool of that shape, false at padding.
 *
 * <ul>
 *   <li>{@code encode}: the outputs of the embedding and of each layer, shape (batch, tokens, width) each;
 *   <li>{@code features}: their means over the tokens, one after the other, shape (batch, (layers + 1) * width);
 *   <li>{@code logits}: shape (batch, labels), or (batch, tokens, vocabulary) of a language model;
 *   <li>{@code nats}, of language models: the cross-entropy of each predicted token, shape (predicted tokens);
 *   <li>{@code gradients} and {@code update}: see {@link TrainingScript}.
 * </ul>
 *
 * @param methods TorchScript
 * @param weights body before head, decaying before not decaying
 * @param trained the indices among {@code weights} that are trained, ascending
 */
public record ModelProgram(String methods, List<WeightSpec> weights, List<Integer> trained) {

    public ModelProgram {
        weights = List.copyOf(weights);
        trained = List.copyOf(trained);
    }

    /** Completes a network whose head has been written, see {@link Layers#beginHead}. */
    static ModelProgram of(Layers layers, Blueprint blueprint) {
        List<WeightSpec> weights = layers.weights().stream()
                .sorted(Comparator.comparing(WeightSpec::head).thenComparing(weight -> !weight.decays()))
                .toList();
        List<Integer> trained =
                java.util.stream.IntStream.range(0, weights.size()).boxed().toList();
        StringBuilder text = new StringBuilder();
        method(
                text,
                weights,
                layers.body(),
                "encode",
                "ids: Tensor, types: Tensor, ",
                "List[Tensor]",
                layers.outputs());
        method(text, weights, layers.head(), "head", "x: Tensor, ", "Tensor", layers.logits());
        text.append(ForwardScript.features());
        text.append(ForwardScript.logits());
        if (blueprint.objective() == Objective.CLASSIFICATION) {
            text.append(TrainingScript.classificationLoss());
        } else {
            text.append(ForwardScript.predictions(blueprint.objective() == Objective.CAUSAL_LM));
            text.append(TrainingScript.languageModelLoss());
        }
        text.append(TrainingScript.gradients());
        text.append(TrainingScript.update(trained.stream().map(weights::get).toList()));
        return new ModelProgram(text.toString(), weights, trained);
    }

    private static void method(
            StringBuilder text,
            List<WeightSpec> weights,
            String statements,
            String name,
            String inputs,
            String type,
            String result) {
        text.append("  def %s(self, ps: List[Tensor], %spresent: Tensor, dropout: bool) -> %s:\n"
                .formatted(name, inputs, type));
        for (int i = 0; i < weights.size(); i++) {
            String variable = Layers.variable(weights.get(i).name());
            if (statements.contains(variable)) {
                text.append("    %s = ps[%d]\n".formatted(variable, i));
            }
        }
        text.append(statements).append("    return ").append(result).append('\n');
    }
}
