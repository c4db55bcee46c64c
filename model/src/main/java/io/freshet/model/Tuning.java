package io.freshet.model;

import java.util.List;

/** Which weights of a model are trained. */
public sealed interface Tuning {

    /** All of them. */
    record Full() implements Tuning {}

    /** The classification head alone. */
    record HeadOnly() implements Tuning {}

    /**
     * The head and the last blocks.
     *
     * @param layers how many blocks, at least 1
     */
    record TopLayers(int layers) implements Tuning {
        public TopLayers {
            if (layers < 1) {
                throw new IllegalArgumentException("layers %d is below 1".formatted(layers));
            }
        }
    }

    /**
     * Low-rank adapters beside frozen projections (Hu et al., "LoRA", 2021), and the head.
     *
     * @param rank inner width of an adapter, at least 1
     * @param alpha an adapter's output is scaled by alpha / rank
     * @param dropout probability of dropout before an adapter, in [0, 1)
     * @param targets last parts of the names of the projections; empty for the family's usual ones
     */
    record Lora(int rank, double alpha, double dropout, List<String> targets) implements Tuning {
        public Lora {
            if (rank < 1) {
                throw new IllegalArgumentException("rank %d is below 1".formatted(rank));
            }
            if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("alpha %s is not a positive number".formatted(alpha));
            }
            if (!(dropout >= 0 && dropout < 1)) {
                throw new IllegalArgumentException("dropout %s is outside [0, 1)".formatted(dropout));
            }
            targets = List.copyOf(targets);
        }
    }

    /** All weights. */
    Tuning FULL = new Full();
}
