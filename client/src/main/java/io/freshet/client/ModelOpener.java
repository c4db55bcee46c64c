package io.freshet.client;

import io.freshet.model.Classifier;
import java.nio.file.Path;

/** Opens the model in a directory. */
@FunctionalInterface
interface ModelOpener {

    /**
     * Opens a classifier that the caller closes.
     *
     * @throws io.freshet.model.ModelException if the directory holds no model that can be opened
     */
    Classifier open(Path directory);
}
