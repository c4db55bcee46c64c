package io.freshet.evaluator;

import io.freshet.model.ModelOptions;
import io.freshet.model.ModelShape;
import io.freshet.model.ModelSnapshot;
import io.freshet.model.Models;
import io.freshet.model.StepSettings;
import io.freshet.model.TextInput;
import io.freshet.model.TrainableClassifier;
import io.freshet.model.TrainingExample;
import io.freshet.model.text.WordPieces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Real models of one narrow layer that learn to tell two kinds of sentences apart in a moment. */
final class TinyModels {

    private static final ModelShape SHAPE = new ModelShape(1, 32, 2, 64, 32, 0);
    private static final ModelOptions OPTIONS = new ModelOptions(32, 5, 1);

    private TinyModels() {}

    static String label(int number) {
        return number % 2 == 0 ? "up" : "down";
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
        try (TrainableClassifier model = Models.openTrainable(start, OPTIONS)) {
            for (String label : List.of("up", "down")) {
                if (!model.labels().contains(label)) {
                    model.addLabel(label, 5);
                }
            }
            for (int step = 1; step <= steps; step++) {
                model.train(batch(model, step), new StepSettings(step, 5, 2e-3, 2e-3, 0.01, false, 1));
            }
            try (ModelSnapshot snapshot = model.snapshot()) {
                snapshot.writeModel(directory);
            }
        }
        return directory;
    }

    private static List<TrainingExample> batch(TrainableClassifier model, int step) {
        List<TrainingExample> batch = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            int number = 100_000 + 16 * step + i;
            batch.add(new TrainingExample(model.encode(TextInput.of(text(number))), label(number), 1));
        }
        return batch;
    }
}
