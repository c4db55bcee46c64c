package io.freshet.client;

import io.freshet.model.Classifier;
import io.freshet.model.ModelException;
import io.freshet.model.ModelOptions;
import io.freshet.model.Models;
import io.freshet.model.Objective;
import java.nio.file.Path;

/**
 * Opens classifiers and refuses language models, which would otherwise answer as classifiers without labels.
 *
 * @param options how they are opened
 */
record ClassifierOpener(ModelOptions options) implements ModelOpener {

    @Override
    public Classifier open(Path directory) {
        Objective objective = Models.objective(directory);
        if (objective.isLanguageModel()) {
            throw new ModelException(
                    "%s holds a language model (%s), which gives no labels: train with objective = %s to serve answers, or open the directory with Models.openLanguageModel to score texts"
                            .formatted(directory, objective.key(), Objective.CLASSIFICATION.key()));
        }
        return Models.open(directory, options);
    }
}
