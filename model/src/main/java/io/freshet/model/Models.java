package io.freshet.model;

import io.freshet.model.arch.WeightSpec;
import io.freshet.model.text.Tokenizer;
import io.freshet.model.text.WordPieces;
import io.freshet.model.torch.OptimizerState;
import io.freshet.model.torch.Torch;
import io.freshet.model.torch.TorchLearner;
import io.freshet.model.torch.TorchModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Opens Hugging Face directories, and makes a new one. */
public final class Models {

    private Models() {}

    /**
     * Opens a model that answers.
     *
     * @throws ModelException if the directory is not a model that can be loaded, naming the file, the tensor and the rule
     */
    public static Classifier open(Path directory, ModelOptions options) {
        Torch.start(options.threads());
        return load(directory, options, loaded -> {
            Tokenizer tokenizer = loaded.tokenizer(directory);
            try {
                TorchModel model = TorchModel.load(loaded.program().methods(), loaded.weights());
                return new TextClassifierModel(model, tokenizer, loaded.padding(), loaded.labels());
            } catch (RuntimeException e) {
                tokenizer.close();
                throw e;
            }
        });
    }

    /** Opens a model that learns; a bare encoder gets a fresh head, seeded. */
    public static TrainableClassifier openTrainable(Path directory, ModelOptions options) {
        return learner(directory, options, OptimizerState.FRESH);
    }

    /** Restores the optimizer state that {@link ModelSnapshot#writeOptimizer} wrote. */
    public static TrainableClassifier resume(Path directory, Path optimizer, ModelOptions options) {
        try (SavedOptimizer state = SavedOptimizer.open(optimizer)) {
            return learner(directory, options, state);
        } catch (IOException e) {
            throw new ModelException(
                    "%s: the optimizer's state cannot be read: %s".formatted(optimizer, e.getMessage()), e);
        }
    }

    /**
     * Writes a randomly initialised BERT without labels.
     *
     * @param directory where; made if it is not there
     * @param shape its sizes
     * @param vocabulary its word pieces, see {@link WordPieces#cut}
     * @param seed fixes the weights
     */
    public static void initialise(Path directory, ModelShape shape, WordPieces vocabulary, long seed)
            throws IOException {
        FreshBert.write(directory, shape, vocabulary, seed);
    }

    static LearningClassifierModel learner(Path directory, ModelOptions options, OptimizerState state) {
        Torch.start(options.threads());
        return load(directory, options, loaded -> {
            Tokenizer tokenizer = loaded.tokenizer(directory);
            try {
                List<String> names = loaded.program().weights().stream()
                        .map(WeightSpec::name)
                        .toList();
                TorchLearner learner = new TorchLearner(loaded.program().methods(), names, loaded.weights(), state);
                return new LearningClassifierModel(learner, tokenizer, loaded);
            } catch (RuntimeException e) {
                tokenizer.close();
                throw e;
            }
        });
    }

    private static <T> T load(Path directory, ModelOptions options, Function<LoadedDirectory, T> use) {
        try (LoadedDirectory loaded = LoadedDirectory.open(directory, options)) {
            return use.apply(loaded);
        }
    }
}
