package io.freshet.model;

import io.freshet.model.arch.Family;
import io.freshet.model.config.ModelConfig;
import io.freshet.model.tensor.DurableFile;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.SafeTensorsWriter;
import io.freshet.model.tensor.StoredType;
import io.freshet.model.tensor.WeightFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes a directory that transformers loads. The same model always gives the same bytes. */
final class ModelWriter {

    private final ModelConfig config;
    private final Family family;
    private final Objective objective;
    private final Companions companions;

    ModelWriter(ModelConfig config, Family family, Objective objective, Companions companions) {
        this.config = config;
        this.family = family;
        this.objective = objective;
        this.companions = companions;
    }

    /**
     * Writes weights, configuration and tokenizer. A classifier without labels is a bare body, named as transformers'
     * AutoModel expects; its tensors then have no prefix.
     */
    void write(Path directory, List<HostTensor> weights, List<String> labels, StoredType type) throws IOException {
        Files.createDirectories(directory);
        boolean bare = objective == Objective.CLASSIFICATION && labels.isEmpty();
        String name = bare
                ? family.bareClass()
                : Objects.requireNonNull(family.classes().get(objective));
        ModelConfig written = labels.isEmpty() ? config.asUnlabelled(name) : config.asClassifier(name, labels);
        SafeTensorsWriter.write(
                directory.resolve(WeightFiles.SINGLE), bare ? bare(weights) : weights, Map.of("format", "pt"), type);
        companions.write(directory);
        DurableFile.write(
                directory.resolve(ModelConfig.FILE),
                written.storedAs(type.dtype()).toJson().getBytes(StandardCharsets.UTF_8));
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
