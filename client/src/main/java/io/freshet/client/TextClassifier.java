package io.freshet.client;

import io.freshet.client.Classification.LabelPrediction;
import io.freshet.model.Answer;
import io.freshet.model.Classifier;
import io.freshet.model.EncodedText;
import io.freshet.model.ModelOptions;
import io.freshet.model.TextInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Answers on texts with the model that is current when a call begins: every text of one call is answered by the same
 * model, even if another one is swapped in meanwhile. Thread-safe; no call waits for another or for an update.
 */
public final class TextClassifier implements AutoCloseable {

    private final Swappable<LoadedModel> models;
    private final Supplier<ModelUnavailableException> whyNone;
    private final Runnable onClose;
    private volatile boolean closed;

    /**
     * @param models where requests find their model
     * @param whyNone explains that there is none
     * @param onClose releases what this classifier owns
     */
    TextClassifier(Swappable<LoadedModel> models, Supplier<ModelUnavailableException> whyNone, Runnable onClose) {
        this.models = models;
        this.whyNone = whyNone;
        this.onClose = onClose;
    }

    /**
     * Opens a model from a Hugging Face directory, without Kafka; it stays the same until {@code close}, which frees it
     * after the last call.
     *
     * @throws io.freshet.model.ModelException if the directory is not a model that can be opened, or is a language model
     */
    public static TextClassifier of(Path directory) {
        return of(directory, ModelOptions.DEFAULTS);
    }

    /** As {@link #of(Path)}, with options such as the longest text. */
    public static TextClassifier of(Path directory, ModelOptions options) {
        Classifier classifier = new ClassifierOpener(options).open(directory);
        String name = String.valueOf(directory.toAbsolutePath().normalize().getFileName());
        ServedModel served = new ServedModel(
                0, name, classifier.labels(), OptionalDouble.empty(), ServedModel.DIRECTORY, Optional.empty());
        Swappable<LoadedModel> models = new Swappable<>(LoadedModel::release);
        models.swap(new LoadedModel(classifier, served, () -> {}));
        return new TextClassifier(models, TextClassifier::closedException, models::close);
    }

    /** As {@link #classifyInputs}, for one text. */
    public Classification classify(String text) {
        return classifyInputs(List.of(TextInput.of(text))).get(0);
    }

    /** As {@link #classifyInputs}, for a pair of texts such as premise and hypothesis. */
    public Classification classify(String text, String textPair) {
        return classifyInputs(List.of(new TextInput(text, textPair))).get(0);
    }

    /** As {@link #classifyInputs}, for texts without a second one. */
    public List<Classification> classify(List<String> texts) {
        return classifyInputs(texts.stream().map(TextInput::of).toList());
    }

    /**
     * Answers on texts, one answer a text in the same order, all by the same model.
     *
     * @throws ModelUnavailableException if no model has arrived yet, or this classifier or what feeds it is closed
     */
    public List<Classification> classifyInputs(List<TextInput> inputs) {
        if (closed) {
            throw closedException();
        }
        try (Lease<LoadedModel> lease = models.lease().orElseThrow(whyNone)) {
            LoadedModel model = lease.value();
            Classifier classifier = model.classifier();
            List<EncodedText> encoded = inputs.stream().map(classifier::encode).toList();
            ServedModel served = model.served();
            return classifier.classify(encoded).stream()
                    .map(answer -> new Classification(best(answer), served.sequence(), served.checkpoint()))
                    .toList();
        }
    }

    private static Optional<LabelPrediction> best(Answer answer) {
        return Optional.ofNullable(answer.label()).map(label -> new LabelPrediction(label, answer.probability()));
    }

    private static ModelUnavailableException closedException() {
        return new ModelUnavailableException("the classifier is closed");
    }

    /** Refuses further calls; calls in progress end normally. Idempotent. */
    @Override
    public void close() {
        closed = true;
        onClose.run();
    }
}
