package io.freshet.model;

import io.freshet.model.arch.Adapters;
import io.freshet.model.arch.Family;
import io.freshet.model.arch.ModelProgram;
import io.freshet.model.arch.WeightSpec;
import io.freshet.model.lora.AdapterConfig;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * What a tuning comes to for one network.
 *
 * @param weights names of the weights that are trained, those of adapters included
 * @param adapters the adapters that the program is to have
 * @param config what to write beside saved adapters; empty where the whole model is saved
 */
record Trained(Set<String> weights, Adapters adapters, Optional<AdapterConfig> config) {

    /**
     * Chooses.
     *
     * @param plain the network without adapters
     * @throws ModelException if the tuning does not fit the network
     */
    static Trained of(Tuning tuning, Family family, ModelProgram plain, WeightSource source) {
        if (tuning instanceof Tuning.Lora lora) {
            return TrainedAdapters.of(lora, family, plain, source);
        }
        if (tuning instanceof Tuning.HeadOnly) {
            Set<String> head = deep(plain, depth -> depth == ModelProgram.HEAD);
            if (head.isEmpty()) {
                throw new ModelException(
                        "tuning = head: the head of this %s has no weights of its own, it shares the embedding's; choose full, top or lora"
                                .formatted(family.modelType()));
            }
            return whole(head);
        }
        if (tuning instanceof Tuning.TopLayers top) {
            int below = plain.layers() - top.layers();
            if (below < 0) {
                throw new ModelException(
                        "tuning = top: %d layers are to be trained but the model has %d; name at most that"
                                .formatted(top.layers(), plain.layers()));
            }
            return whole(deep(plain, depth -> depth > below));
        }
        return whole(deep(plain, depth -> true));
    }

    private static Trained whole(Set<String> weights) {
        return new Trained(weights, Adapters.NONE, Optional.empty());
    }

    private static Set<String> deep(ModelProgram plain, IntPredicate depth) {
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < plain.weights().size(); i++) {
            WeightSpec weight = plain.weights().get(i);
            if (depth.test(plain.depths().get(i))) {
                names.add(weight.name());
            }
        }
        return names;
    }
}
