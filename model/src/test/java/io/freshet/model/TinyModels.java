package io.freshet.model;

import io.freshet.model.text.WordPieces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small models and batches for tests; everything is seeded. */
final class TinyModels {

    static final ModelShape SHAPE = new ModelShape(2, 32, 2, 64, 32, 0.1);

    static final List<String> TEXTS = List.of(
            "transfer ten dollars to my savings account",
            "what is the weather like tomorrow",
            "play some jazz",
            "set an alarm for six thirty in the morning on weekdays only please",
            "hello",
            "book a table for four at seven");

    private TinyModels() {}

    static Path initialise(Path directory) throws IOException {
        return initialise(directory, Objective.CLASSIFICATION);
    }

    static Path initialise(Path directory, Objective objective) throws IOException {
        Models.initialise(directory, SHAPE, WordPieces.bertBaseUncased().cut(TEXTS, 4000), objective, 5);
        return directory;
    }

    /** Draws a batch from {@link #TEXTS} with the label "l0", "l1" or "l2" of each. */
    static List<TrainingExample> batch(TrainableClassifier model, int size, long seed) {
        Random random = new Random(seed);
        List<TrainingExample> batch = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int text = random.nextInt(TEXTS.size());
            batch.add(new TrainingExample(model.encode(TextInput.of(TEXTS.get(text))), "l" + text % 3, 1));
        }
        return batch;
    }

    static StepSettings settings(long step) {
        return new StepSettings(step, 11, 1e-3, 2e-3, 0.01, false, 1);
    }

    static void addLabels(TrainableClassifier model) {
        for (int i = 0; i < 3; i++) {
            model.addLabel("l" + i, 7);
        }
    }
}
