package io.freshet.model;

import java.nio.file.Path;

/** Opens Hugging Face directories. */
public final class Models {

    private Models() {}

    /**
     * Opens a model that answers.
     *
     * @throws ModelException if the directory is not a model that can be loaded, naming the file, the tensor and the rule
     */
    public static Classifier open(Path directory, ModelOptions options) {
        return pending();
    }

    /** Opens a model that learns; a bare encoder gets a fresh head, seeded. */
    public static TrainableClassifier openTrainable(Path directory, ModelOptions options) {
        return pending();
    }

    /** Restores the optimizer state that {@link ModelSnapshot#writeOptimizer} wrote. */
    public static TrainableClassifier resume(Path directory, Path optimizer, ModelOptions options) {
        return pending();
    }

    private static TrainableClassifier pending() {
        throw new UnsupportedOperationException("the model library is not part of this build yet");
    }
}
