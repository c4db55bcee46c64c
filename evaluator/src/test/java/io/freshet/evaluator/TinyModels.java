package io.freshet.evaluator;

import io.freshet.model.ModelOptions;
import io.freshet.model.ModelShape;
import io.freshet.model.ModelSnapshot;
import io.freshet.model.Models;
import io.freshet.model.Objective;
import io.freshet.model.StepSettings;
import io.freshet.model.TextInput;
import io.freshet.model.TextModel;
import io.freshet.model.TrainableClassifier;
import io.freshet.model.TrainableLanguageModel;
import io.freshet.model.TrainingExample;
import io.freshet.model.text.WordPieces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Real models of one narrow layer that learn to tell two kinds of sentences apart in a moment. */
final class TinyModels {

    private static final ModelShape SHAPE = new ModelShape(1, 32, 2, 64, 32, 0);
    private static final ModelOptions OPTIONS = new ModelOptions(32, 5, 1);

    private TinyModels() {}

    static String label(int number) {
        return number % 2 == 0 ? "up" : "down";
    }

    /** Returns what a sentence means after the stream has drifted: the opposite. */
    static String driftedLabel(int number) {
        return label(number + 1);
    }

    static String text(int number) {
        return number % 2 == 0
                ? "the price of item %06d went up today".formatted(number)
                : "the price of item %06d fell again".formatted(number);
    }

    /** Writes a model that has no labels yet. */
    static Path fresh(Path directory) throws IOException {
        List<String> texts = List.of(text(0), text(1), "0 1 2 3 4 5 6 7 8 9");
        Models.initialise(directory, SHAPE, WordPieces.bertBaseUncased().cut(texts, 3_000), 5);
        return directory;
    }

    /** Writes what {@code start} becomes after {@code steps} steps on the two kinds of sentences. */
    static Path trained(Path start, Path directory, int steps) throws IOException {
        return trained(start, directory, steps, TinyModels::label);
    }

    /** @param labels what it is told that each sentence is, by its number */
    static Path trained(Path start, Path directory, int steps, IntFunction<String> labels) throws IOException {
        try (TrainableClassifier model = Models.openTrainable(start, OPTIONS)) {
            for (String label : List.of("up", "down")) {
                if (!model.labels().contains(label)) {
                    model.addLabel(label, 5);
                }
            }
            for (int step = 1; step <= steps; step++) {
                model.train(batch(model, step, labels), new StepSettings(step, 5, 2e-3, 2e-3, 0.01, false, 1));
            }
            try (ModelSnapshot snapshot = model.snapshot()) {
                snapshot.writeModel(directory);
            }
        }
        return directory;
    }

    /**
     * Writes a model that fills in masked tokens and has learned nothing.
     *
     * @param more texts whose words its vocabulary has besides those of {@link #text}
     */
    static Path freshPredictor(Path directory, String... more) throws IOException {
        List<String> texts = new ArrayList<>(List.of(text(0), text(1), "0 1 2 3 4 5 6 7 8 9"));
        texts.addAll(List.of(more));
        Models.initialise(directory, SHAPE, WordPieces.bertBaseUncased().cut(texts, 3_000), Objective.MASKED_LM, 5);
        return directory;
    }

    /** Writes what a masked language model becomes after {@code steps} steps on sentences of both kinds. */
    static Path trainedPredictor(Path start, Path directory, int steps) throws IOException {
        try (TrainableLanguageModel model = Models.trainableLanguageModel(start, Objective.MASKED_LM, OPTIONS)) {
            for (int step = 1; step <= steps; step++) {
                model.train(
                        batch(model, step, TinyModels::label), new StepSettings(step, 5, 2e-3, 2e-3, 0.01, false, 1));
            }
            try (ModelSnapshot snapshot = model.snapshot()) {
                snapshot.writeModel(directory);
            }
        }
        return directory;
    }

    private static List<TrainingExample> batch(TextModel model, int step, IntFunction<String> labels) {
        List<TrainingExample> batch = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            int number = 100_000 + 16 * step + i;
            String label = model.objective().isLanguageModel() ? null : labels.apply(number);
            batch.add(new TrainingExample(model.encode(TextInput.of(text(number))), label, 1));
        }
        return batch;
    }
}
