package io.freshet.model;

import io.freshet.model.arch.Families;
import io.freshet.model.config.ModelConfig;
import io.freshet.model.lora.AdapterConfig;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.StoredType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes an adapter and its base as one model. */
final class MergedModel {

    private MergedModel() {}

    /**
     * Writes the model.
     *
     * @throws ModelException if there is no adapter, it does not fit, or {@code out} is where it lies
     */
    static void write(ModelFolder folder, Path out) throws IOException {
        if (!folder.hasAdapter()) {
            throw new ModelException(
                    "%s has no %s: there is nothing to merge".formatted(folder.directory(), AdapterConfig.FILE));
        }
        if (AdapterConfig.isIn(out)) {
            throw new ModelException(
                    "%s holds an adapter; write the merged model into another directory".formatted(out));
        }
        try (LoadedDirectory loaded = LoadedDirectory.open(folder, objective(folder), ModelOptions.DEFAULTS)) {
            List<HostTensor> weights = new ArrayList<>();
            loaded.weights().forEach(weights::add);
            loaded.writer().write(out, weights, loaded.labels(), StoredType.FLOAT32);
        }
    }

    /** Returns what an adapter was trained for; where it does not say, what its model's configuration says. */
    private static Objective objective(ModelFolder folder) throws IOException {
        return switch (AdapterConfig.read(folder.directory()).task().orElse("")) {
            case "SEQ_CLS" -> Objective.CLASSIFICATION;
            case "CAUSAL_LM" -> Objective.CAUSAL_LM;
            default -> objective(ModelConfig.read(folder.config()));
        };
    }

    /** Returns what a configuration's model was trained for; a body without a head counts as a classifier. */
    static Objective objective(ModelConfig config) {
        return Families.of(config).classes().entrySet().stream()
                .filter(entry -> entry.getValue().equals(config.architecture()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Objective.CLASSIFICATION);
    }
}
