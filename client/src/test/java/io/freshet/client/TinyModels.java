package io.freshet.client;

import io.freshet.model.ModelOptions;
import io.freshet.model.ModelShape;
import io.freshet.model.ModelSnapshot;
import io.freshet.model.Models;
import io.freshet.model.Objective;
import io.freshet.model.TrainableClassifier;
import io.freshet.model.text.WordPieces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Real models of a few thousand parameters. */
final class TinyModels {

    private static final List<String> TEXTS = List.of("word hello world book a table to rome");

    private TinyModels() {}

    /** Writes a masked language model with random weights. */
    static Path writePredictor(Path directory, long seed) throws IOException {
        Models.initialise(
                directory,
                new ModelShape(1, 16, 2, 32, 32, 0),
                WordPieces.bertBaseUncased().cut(TEXTS, 3_000),
                Objective.MASKED_LM,
                seed);
        return directory;
    }

    /** Writes a model with random weights, which differ from seed to seed, and these labels. */
    static Path write(Path directory, long seed, String... labels) throws IOException {
        Path bare = directory.resolveSibling(directory.getFileName() + "-bare-" + seed);
        Models.initialise(
                bare,
                new ModelShape(1, 16, 2, 32, 32, 0),
                WordPieces.bertBaseUncased().cut(TEXTS, 3_000),
                seed);
        if (labels.length == 0) {
            return Files.move(bare, directory);
        }
        Files.createDirectories(directory);
        try (TrainableClassifier model = Models.openTrainable(bare, ModelOptions.DEFAULTS)) {
            for (String label : labels) {
                model.addLabel(label, seed);
            }
            try (ModelSnapshot snapshot = model.snapshot()) {
                snapshot.writeModel(directory);
            }
        }
        return directory;
    }
}
