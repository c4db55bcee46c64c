package io.freshet.model;

import io.freshet.model.config.ModelConfig;
import io.freshet.model.discriminant.HeadFile;
import io.freshet.model.text.Tokenizer;
import io.freshet.model.text.WordPieces;
import io.freshet.model.torch.OptimizerState;
import io.freshet.model.torch.Torch;
import io.freshet.model.torch.TorchLearner;
import io.freshet.model.torch.TorchModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Opens Hugging Face directories, and makes a new one. */
public final class Models {

    private Models() {}

    /**
     * Opens a classifier that answers. Where the directory has a discriminant's head beside the transformer, see {@link
     * io.freshet.model.discriminant.HeadFile}, both answer.
     *
     * @throws ModelException if the directory is not a model that can be loaded, naming the file, the tensor and the rule
     */
    public static Classifier open(Path directory, ModelOptions options) {
        return open(directory, Optional.empty(), options);
    }

    /**
     * As {@link #open(Path, ModelOptions)}, for a directory that may hold an adapter alone: it is merged into its base.
     *
     * @param base directory of the base; where there is none, the adapter's configuration says where
     */
    public static Classifier open(Path directory, Optional<Path> base, ModelOptions options) {
        Classifier transformer = load(
                folder(directory, base),
                Objective.CLASSIFICATION,
                options.withTuning(Tuning.FULL),
                answering(options),
                TextClassifierModel::new);
        return HeadFile.isIn(directory) ? withDiscriminant(transformer, directory, options) : transformer;
    }

    private static Classifier withDiscriminant(Classifier transformer, Path directory, ModelOptions options) {
        FeatureEncoder encoder = null;
        try {
            HeadFile.Content content = HeadFile.read(directory);
            encoder = openEncoder(HeadFile.encoder(directory), options);
            return new DiscriminantClassifier(transformer, encoder, content);
        } catch (IOException | RuntimeException e) {
            transformer.close();
            if (encoder != null) {
                encoder.close();
            }
            throw e instanceof ModelException known
                    ? known
                    : new ModelException(
                            "%s: the discriminant cannot be opened: %s".formatted(directory, e.getMessage()), e);
        }
    }

    /**
     * Opens the body of a classifier, for its features.
     *
     * @throws ModelException if the directory is not a model that can be loaded, naming the file, the tensor and the rule
     */
    public static FeatureEncoder openEncoder(Path directory, ModelOptions options) {
        return load(
                folder(directory, Optional.empty()),
                Objective.CLASSIFICATION,
                options.withTuning(Tuning.FULL),
                answering(options),
                FeatureEncoder::new);
    }

    /**
     * Opens a language model that scores texts.
     *
     * @param objective masked or causal
     * @throws ModelException if the directory is not such a model, naming the file, the tensor and the rule
     */
    public static LanguageModel openLanguageModel(Path directory, Objective objective, ModelOptions options) {
        return load(
                folder(directory, Optional.empty()),
                objective,
                options.withTuning(Tuning.FULL),
                answering(options),
                TextPredictorModel::new);
    }

    /**
     * Opens a causal language model that writes.
     *
     * @param options {@code maxTokens} does not matter: texts may be as long as the model allows
     * @throws ModelException if the directory is not such a model, naming the file, the tensor and the rule
     */
    public static TextGenerator openGenerator(Path directory, ModelOptions options) {
        return load(
                folder(directory, Optional.empty()),
                Objective.CAUSAL_LM,
                options.withMaxTokens(Integer.MAX_VALUE).withTuning(Tuning.FULL),
                answering(options),
                TextGenerator::new);
    }

    /** Opens a classifier that learns; a bare encoder gets a fresh head, seeded. */
    public static TrainableClassifier openTrainable(Path directory, ModelOptions options) {
        return learner(directory, options, OptimizerState.FRESH);
    }

    /** Opens a language model that learns; a body without a head for tokens gets a fresh one, seeded. */
    public static TrainableLanguageModel trainableLanguageModel(
            Path directory, Objective objective, ModelOptions options) {
        return predictor(directory, objective, options, OptimizerState.FRESH);
    }

    /** Restores a classifier with the optimizer state that {@link ModelSnapshot#writeOptimizer} wrote. */
    public static TrainableClassifier resume(Path directory, Path optimizer, ModelOptions options) {
        return resume(optimizer, state -> learner(directory, options, state));
    }

    /** Restores a language model with the optimizer state that {@link ModelSnapshot#writeOptimizer} wrote. */
    public static TrainableLanguageModel resumeLanguageModel(
            Path directory, Path optimizer, Objective objective, ModelOptions options) {
        return resume(optimizer, state -> predictor(directory, objective, options, state));
    }

    private static <T> T resume(Path optimizer, Function<OptimizerState, T> open) {
        try (SavedOptimizer state = SavedOptimizer.open(optimizer)) {
            return open.apply(state);
        } catch (IOException e) {
            throw new ModelException(
                    "%s: the optimizer's state cannot be read: %s".formatted(optimizer, e.getMessage()), e);
        }
    }

    /**
     * Returns what a directory's model was trained for; a body without a head counts as a classifier.
     *
     * @throws ModelException if the configuration is missing, or of an unknown architecture
     */
    public static Objective objective(Path directory) {
        try {
            return MergedModel.objective(ModelConfig.read(directory));
        } catch (IOException e) {
            throw new ModelException("%s cannot be read: %s".formatted(directory, e.getMessage()), e);
        }
    }

    /**
     * Writes the small BERT that comes with this library, pretrained by it on English text and dialogues; its card is the
     * {@code README.md} in the directory.
     *
     * @param directory where; made if it is not there
     */
    public static void bundledEncoder(Path directory) throws IOException {
        BundledEncoder.write(directory);
    }

    /**
     * Writes a randomly initialised model: a BERT without labels or with a head for masked tokens, or a GPT-2 that predicts
     * the next token.
     *
     * @param directory where; made if it is not there
     * @param shape its sizes
     * @param vocabulary its word pieces, see {@link WordPieces#cut}
     * @param seed fixes the weights
     */
    public static void initialise(Path directory, ModelShape shape, WordPieces vocabulary, long seed)
            throws IOException {
        initialise(directory, shape, vocabulary, Objective.CLASSIFICATION, seed);
    }

    /** As {@link #initialise(Path, ModelShape, WordPieces, long)}, for an objective. */
    public static void initialise(
            Path directory, ModelShape shape, WordPieces vocabulary, Objective objective, long seed)
            throws IOException {
        FreshBert.write(directory, shape, vocabulary, objective, seed);
    }

    /**
     * Writes a model with its adapter merged into its weights: a directory that transformers loads.
     *
     * @param directory holds the adapter
     * @param base directory of its base, where neither the directory nor the adapter's configuration has it
     * @param out where; made if it is not there
     * @throws ModelException if there is no adapter or it does not fit its base
     */
    public static void merge(Path directory, Optional<Path> base, Path out) throws IOException {
        MergedModel.write(folder(directory, base), out);
    }

    private static ModelFolder folder(Path directory, Optional<Path> base) {
        try {
            return ModelFolder.of(directory, base);
        } catch (IOException e) {
            throw new ModelException("%s cannot be read: %s".formatted(directory, e.getMessage()), e);
        }
    }

    static LearningClassifierModel learner(Path directory, ModelOptions options, OptimizerState state) {
        return load(
                folder(directory, Optional.empty()),
                Objective.CLASSIFICATION,
                options,
                loaded -> new TorchLearner(loaded.program(), loaded.weights(), state, options.device()),
                LearningClassifierModel::new);
    }

    static LearningPredictorModel predictor(
            Path directory, Objective objective, ModelOptions options, OptimizerState state) {
        return load(
                folder(directory, Optional.empty()),
                objective,
                options,
                loaded -> new TorchLearner(loaded.program(), loaded.weights(), state, options.device()),
                LearningPredictorModel::new);
    }

    private static Function<LoadedDirectory, TorchModel> answering(ModelOptions options) {
        return loaded -> TorchModel.load(loaded.program().methods(), loaded.weights(), options.device());
    }

    /** Puts a model together from its native part and its tokenizer. */
    @FunctionalInterface
    private interface Assembly<M, T> {
        T assemble(M model, Tokenizer tokenizer, LoadedDirectory directory);
    }

    private static <M extends TorchModel, T> T load(
            ModelFolder folder,
            Objective objective,
            ModelOptions options,
            Function<LoadedDirectory, M> start,
            Assembly<M, T> assembly) {
        Torch.start(options.threads());
        try (LoadedDirectory loaded = LoadedDirectory.open(folder, objective, options)) {
            Tokenizer tokenizer = loaded.tokenizer();
            try {
                return assembly.assemble(start.apply(loaded), tokenizer, loaded);
            } catch (RuntimeException e) {
                tokenizer.close();
                throw e;
            }
        }
    }
}
