package io.freshet.model.arch;

import io.freshet.model.ModelException;
import io.freshet.model.config.ModelConfig;
import java.util.List;

/** The architectures that can be loaded. */
public final class Families {

    private static final List<Family> ALL =
            List.of(new Bert(), new DistilBert(), new Roberta(), new Gpt2(), new Llama());

    private Families() {}

    /**
     * Returns the family of a configuration.
     *
     * @throws ModelException if there is none
     */
    public static Family of(ModelConfig config) {
        String type = config.text("model_type");
        return ALL.stream()
                .filter(family -> family.modelType().equals(type))
                .findFirst()
                .orElseThrow(() -> config.fault(
                        "model_type",
                        "an architecture that is supported; %s are"
                                .formatted(ALL.stream().map(Family::modelType).toList())));
    }
}
