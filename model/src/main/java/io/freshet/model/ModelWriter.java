package io.freshet.model;

import io.freshet.model.arch.Family;
import io.freshet.model.config.ModelConfig;
import io.freshet.model.tensor.DurableFile;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.StoredType;
import io.freshet.model.tensor.WeightWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Writes a directory that transformers loads. The same model always gives the same bytes. */
final class ModelWriter {

    private final ModelConfig config;
    private final Family family;
    private final Objective objective;
    private final Companions companions;
    private final Optional<AdapterWriter> adapters;

    /** @param adapters writes trained weights beside their base; if there is none, the whole model is written */
    ModelWriter(
            ModelConfig config,
            Family family,
            Objective objective,
            Companions companions,
            Optional<AdapterWriter> adapters) {
        this.config = config;
        this.family = family;
        this.objective = objective;
        this.companions = companions;
        this.adapters = adapters;
    }

    /** Whether only the trained weights are written and not the others. */
    boolean writesTrainedAlone() {
        return adapters.isPresent();
    }

    /**
     * Writes weights, all or the trained alone, configuration and tokenizer. A classifier without labels is a bare body, named as transformers'
     * AutoModel expects; its tensors then have no prefix.
     */
    void write(Path directory, List<HostTensor> weights, List<String> labels, StoredType type) throws IOException {
        Files.createDirectories(directory);
        boolean bare = objective == Objective.CLASSIFICATION && labels.isEmpty();
        String name = bare
                ? family.bareClass()
                : Objects.requireNonNull(family.classes().get(objective));
        ModelConfig written = labels.isEmpty() ? config.asUnlabelled(name) : config.asClassifier(name, labels);
        List<HostTensor> named = bare ? bare(weights) : weights;
        if (adapters.isPresent()) {
            List<String> names = named.stream().map(HostTensor::name).toList();
            adapters.get().write(directory, named, TrainedAdapters.modules(names, family), task(bare), type);
        } else {
            WeightWriter.write(directory, named, Map.of("format", "pt"), type, WeightWriter.MAX_SHARD_BYTES);
        }
        companions.write(directory);
        DurableFile.write(
                directory.resolve(ModelConfig.FILE),
                written.storedAs(type.dtype()).toJson().getBytes(StandardCharsets.UTF_8));
    }

    /** Returns PEFT's name of what the model does; it has none for masked tokens. */
    private Optional<String> task(boolean bare) {
        return switch (objective) {
            case CLASSIFICATION -> bare ? Optional.empty() : Optional.of("SEQ_CLS");
            case CAUSAL_LM -> Optional.of("CAUSAL_LM");
            case MASKED_LM -> Optional.empty();
        };
    }

    private List<HostTensor> bare(List<HostTensor> weights) {
        return weights.stream()
                .filter(weight -> weight.shape().size() > 0)
                .map(weight -> weight.name().startsWith(family.prefix())
                        ? weight.renamed(weight.name().substring(family.prefix().length()))
                        : weight)
                .toList();
    }
}
