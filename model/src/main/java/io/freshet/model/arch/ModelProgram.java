package io.freshet.model.arch;

import io.freshet.model.Objective;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

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
 *   <li>{@code begin} and {@code next}, of causal language models: see {@link MemoryScript};
 *   <li>{@code nats}, of language models: the cross-entropy of each predicted token, shape (predicted tokens);
 *   <li>{@code gradients} and {@code update}: see {@link TrainingScript}; with guides {@link GuidedScript}, held back
 *       {@link RestraintScript}.
 * </ul>
 *
 * @param network TorchScript of all methods but {@code update}
 * @param weights body before head, decaying before not decaying
 * @param depths where each weight is used first: 0 in the embedding, i in the i-th layer, {@link #HEAD} in the head
 * @param linears the matrices that can have adapters
 * @param trained the indices among {@code weights} that are trained, ascending
 */
public record ModelProgram(
        String network, List<WeightSpec> weights, List<Integer> depths, List<Linear> linears, List<Integer> trained) {

    /** Depth of what only the head uses. */
    public static final int HEAD = Integer.MAX_VALUE;

    public ModelProgram {
        weights = List.copyOf(weights);
        depths = List.copyOf(depths);
        linears = List.copyOf(linears);
        trained = List.copyOf(trained);
    }

    /** Returns the TorchScript of all methods. */
    public String methods() {
        List<WeightSpec> learned = trained.stream().map(weights::get).toList();
        return network
                + TrainingScript.adamw()
                + TrainingScript.update("update", learned)
                + RestraintScript.methods(trained, learned);
    }

    /** Returns the number of layers between embedding and head. */
    public int layers() {
        return depths.stream()
                .filter(depth -> depth != HEAD)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
    }

    /** Returns the program with other weights trained, those of the given names. */
    public ModelProgram training(Set<String> names) {
        List<Integer> chosen = IntStream.range(0, weights.size())
                .filter(i -> names.contains(weights.get(i).name()))
                .boxed()
                .toList();
        return new ModelProgram(network, weights, depths, linears, chosen);
    }

    /** Completes a network whose head has been written, see {@link Layers#beginHead}. */
    static ModelProgram of(Layers layers, Blueprint blueprint) {
        List<WeightSpec> written = layers.weights();
        List<Integer> order = IntStream.range(0, written.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> written.get(i).head())
                        .thenComparing(i -> !written.get(i).decays()))
                .toList();
        List<WeightSpec> weights = order.stream().map(written::get).toList();
        List<Integer> depths = order.stream().map(layers.depths()::get).toList();
        StringBuilder text = new StringBuilder();
        String inputs = "ids: Tensor, types: Tensor, ";
        if (layers.caches().isEmpty()) {
            method(text, weights, layers.body(), "encode", inputs, "List[Tensor]", layers.outputs());
        } else {
            text.append(MemoryScript.memory(layers.caches(), blueprint.bf16()));
            String remembering = inputs + "past: List[Tensor], start: int, ";
            method(text, weights, layers.body(), "advance", remembering, "List[Tensor]", layers.outputs());
            text.append(MemoryScript.encode());
        }
        method(text, weights, layers.head(), "head", "x: Tensor, ", "Tensor", layers.logits());
        if (blueprint.objective() == Objective.CAUSAL_LM) {
            text.append(MemoryScript.next());
        }
        text.append(ForwardScript.features());
        text.append(ForwardScript.logits());
        if (blueprint.objective() == Objective.CLASSIFICATION) {
            text.append(TrainingScript.classificationLoss());
        } else {
            text.append(ForwardScript.predictions(blueprint.objective() == Objective.CAUSAL_LM));
            text.append(TrainingScript.languageModelLoss());
        }
        text.append(TrainingScript.slopes());
        text.append(TrainingScript.gradients());
        if (blueprint.objective() == Objective.CLASSIFICATION) {
            text.append(GuidedScript.methods());
        }
        text.append(TrainingScript.sums());
        List<Integer> all = IntStream.range(0, weights.size()).boxed().toList();
        return new ModelProgram(text.toString(), weights, depths, layers.linears(), all);
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
